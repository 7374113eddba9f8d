package dev.stride.api;

import dev.stride.api.Fusion.Source;
import dev.stride.api.Fusion.Step;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One of the calls that were joined to one, as far as its arguments come from outside.
 *
 * @param whole the call of all
 */
record StepCall(OperatorCall whole, Fusion fusion, Step step) implements OperatorCall {

  @Override
  public Signature signature() {
    return step.operator().signature();
  }

  @Override
  public boolean has(String path) {
    return !(step.argument(path) instanceof Source.LeftOut);
  }

  @Override
  public <T> T value(String path, Class<T> type) {
    return whole.value(outside(path), type);
  }

  @Override
  public <T> List<T> values(String port, Class<T> type) {
    return whole.values(outside(port), type);
  }

  private String outside(String path) {
    if (step.argument(path) instanceof Source.Outside(int input)) {
      return fusion.inputs().get(input).name();
    }
    throw new IllegalArgumentException(
        fusion.name()
            + ": `"
            + path
            + "` of "
            + signature().name()
            + " is no argument of the call");
  }

  @Override
  public boolean needsGrad(String path) {
    return whole.needsGrad(outside(path));
  }

  @Override
  public CancellationToken cancellation() {
    return whole.cancellation();
  }

  @Override
  public Parallel parallel() {
    return whole.parallel();
  }

  @Override
  public Executor executor() {
    return whole.executor();
  }
}
