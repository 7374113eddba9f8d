package dev.stride.benchmarks.engine;

import dev.stride.api.Tensor;
import dev.stride.benchmarks.engine.BareTape.TapeOperator;

/** A chain of scaled vectors on a {@link BareTape}. */
final class VectorTape implements Workload {

  private final BareTape<Tensor> tape = new BareTape<>(Tensor::plus);
  private final Scale scale = new Scale();
  private final int length;
  private final Tensor start;

  VectorTape(Tensor start, int length) {
    this.start = start;
    this.length = length;
  }

  @Override
  public Object forward() {
    int entry = tape.input();
    Tensor value = start;
    for (int i = 0; i < length; i++) {
      value = scale.forward(value);
      entry = tape.push(scale, entry);
    }
    return value;
  }

  @Override
  public Object adjoint() {
    tape.add(length, start);
    return tape.adjoint(0);
  }

  private static final class Scale implements TapeOperator<Tensor> {

    @Override
    public Tensor forward(Tensor x) {
      return Scaling.of(x);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return Scaling.of(cotangent);
    }
  }
}
