package dev.stride.benchmarks.engine;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The graphs that are measured, each with a bare tape and a plain loop that compute the same. */
final class EngineCases {

  private static final int LENGTH = 100_000;
  private static final int BRANCHES = 1_000;
  private static final int VECTOR = 1_000;

  private EngineCases() {}

  /** Numbers, one operator after the other. */
  static EngineCase scalarChain(String key, Stride stride, int length) {
    Operator<Double> scale = stride.bind(new ScaleNumber());
    return numbers(key, stride, 1, length, x -> chain(scale, x, length));
  }

  /** A scalar chain of which nothing can start before all of it is built. */
  static EngineCase pendingChain(Stride stride) {
    Operator<Double> scale = stride.bind(new ScaleNumber());
    return numbers(
        "pending_chain_100k",
        stride,
        1,
        LENGTH,
        x -> {
          Gate gate = new Gate();
          Variable<Double> y = chain(scale, gate.call(x), LENGTH);
          gate.open();
          return y;
        });
  }

  /** Many branches from one parameter, summed. */
  static EngineCase wide(Stride stride) {
    int length = LENGTH / BRANCHES;
    Operator<Double> scale = stride.bind(new ScaleNumber());
    Operator<Double> sum = stride.bind(new SumNumbers(BRANCHES));
    return numbers(
        "wide_1000x100",
        stride,
        BRANCHES,
        length,
        x -> {
          Variable<?>[] ends = new Variable<?>[BRANCHES];
          Arrays.setAll(ends, branch -> chain(scale, x, length));
          return sum.call((Object[]) ends);
        });
  }

  /** Vectors, one operator after the other. */
  static EngineCase vectorChain(Stride stride) {
    Operator<Tensor> scale = stride.bind(new ScaleVector());
    Tensor start = Tensor.full(Shape.of(VECTOR), 1, DataType.FLOAT32);
    return new EngineCase(
        "vector_chain_1k",
        LENGTH,
        new Recorded<>(stride, start, start, x -> chain(scale, x, LENGTH)),
        new VectorTape(start, LENGTH),
        new VectorLoop(start, LENGTH));
  }

  private static EngineCase numbers(
      String key, Stride stride, int branches, int length, UnaryOperator<Variable<Double>> graph) {
    return new EngineCase(
        key,
        branches * length,
        new Recorded<>(stride, 1.0, 1.0, graph),
        new NumberTape(branches, length),
        new NumberLoop(branches, length));
  }

  private static <T> Variable<T> chain(Operator<T> operator, Variable<T> from, int length) {
    Variable<T> y = Objects.requireNonNull(from);
    for (int i = 0; i < length; i++) {
      y = operator.call(y);
    }
    return y;
  }
}
