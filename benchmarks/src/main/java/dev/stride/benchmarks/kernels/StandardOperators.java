package dev.stride.benchmarks.kernels;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.api.spi.VectorSpace;
import dev.stride.ops.std.StandardPack;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Collects what the standard pack registers. */
final class StandardOperators implements OperatorRegistrar {

  private final Map<String, BlockingOperator<?>> operators = new TreeMap<>();

  private StandardOperators() {}

  static BlockingOperator<?> named(String name) {
    StandardOperators all = new StandardOperators();
    new StandardPack().register(all);
    BlockingOperator<?> found = all.operators.get(name);
    if (found == null) {
      throw new IllegalArgumentException(name + " is not among " + all.operators.keySet());
    }
    return found;
  }

  @Override
  public Registration operator(Supplier<? extends Operator<?>> constructor) {
    if (constructor.get() instanceof BlockingOperator<?> operator) {
      operators.put(operator.name(), operator);
    }
    return new Ignored();
  }

  @Override
  public Registration operator(Class<? extends Operator<?>> type) {
    throw new UnsupportedOperationException("the standard pack makes its operators itself");
  }

  @Override
  public void vectorSpace(VectorSpace<?> space) {}

  @Override
  public void device(Device device) {}

  @Override
  public void install(Object module) {}

  /** Devices, priorities and samples make no difference here. */
  private record Ignored() implements Registration {
    @Override
    public Registration device(Device device) {
      return this;
    }

    @Override
    public Registration priority(int priority) {
      return this;
    }

    @Override
    public Registration samples(Supplier<List<Sample>> samples) {
      return this;
    }
  }
}
