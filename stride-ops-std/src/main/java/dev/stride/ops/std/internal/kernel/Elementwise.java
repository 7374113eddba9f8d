package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;
import dev.stride.api.Tensor;

/** The usual {@link Kernel}s by name. */
public final class Elementwise {

  private static final Kernel SCALE =
      Kernel.of(Expression.parameter(0).times(Expression.operand(0)), 1);

  private Elementwise() {}

  /** The function of every element. */
  public static Tensor map(Function function, Tensor x, Parallel parallel) {
    return function.kernel().map(parallel, x);
  }

  /** Every element times a number. */
  public static Tensor map(Scaling scaling, Tensor x, Parallel parallel) {
    return SCALE.map(parallel, new double[] {scaling.factor()}, x);
  }

  /**
   * The operation of each pair of elements, broadcast to a common shape.
   *
   * @param a of the type of {@code b}
   * @param b of a shape that fits that of {@code a}, see {@link Shapes#broadcast}
   */
  public static Tensor zip(Arithmetic operation, Tensor a, Tensor b, Parallel parallel) {
    return operation.kernel().map(parallel, a, b);
  }
}
