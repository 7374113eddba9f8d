package dev.stride.ops.std;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.api.spi.VectorSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Notes what a pack registers: its operators, each with its samples. */
final class RegisteredOperators implements OperatorRegistrar {

  private final Map<Operator<?>, List<Sample>> samples = new LinkedHashMap<>();

  /** Everything that the standard pack registers. */
  static Map<Operator<?>, List<Sample>> ofStandardPack() {
    RegisteredOperators registered = new RegisteredOperators();
    new StandardPack().register(registered);
    return registered.samples;
  }

  @Override
  public Registration operator(Supplier<? extends Operator<?>> constructor) {
    Operator<?> operator = constructor.get();
    samples.put(operator, new ArrayList<>());
    return new Noted(samples.get(operator));
  }

  @Override
  public Registration operator(Class<? extends Operator<?>> type) {
    throw new AssertionError("the pack makes its operators itself");
  }

  @Override
  public void vectorSpace(VectorSpace<?> space) {
    throw new AssertionError("the pack brings no values");
  }

  @Override
  public void device(Device device) {
    throw new AssertionError("the pack brings no device");
  }

  @Override
  public void install(Object module) {
    throw new AssertionError("the pack needs no injection");
  }

  private record Noted(List<Sample> into) implements Registration {
    @Override
    public Registration device(Device device) {
      throw new AssertionError("standard operators compute on the CPU");
    }

    @Override
    public Registration priority(int priority) {
      throw new AssertionError("standard operators have the usual priority");
    }

    @Override
    public Registration samples(Supplier<List<Sample>> given) {
      into.addAll(given.get());
      return this;
    }
  }
}
