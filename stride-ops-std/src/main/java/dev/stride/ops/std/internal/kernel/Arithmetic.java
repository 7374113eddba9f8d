package dev.stride.ops.std.internal.kernel;

/** The four operations of arithmetic, rounded once in the type of the elements. */
@SuppressWarnings("ImmutableEnumChecker") // kernels are immutable but for what they have compiled
public enum Arithmetic {
  /** {@code a + b}. */
  ADD(BinaryFunction.ADD),
  /** {@code a - b}. */
  SUBTRACT(BinaryFunction.SUBTRACT),
  /** {@code a * b}. */
  MULTIPLY(BinaryFunction.MULTIPLY),
  /** {@code a / b}. */
  DIVIDE(BinaryFunction.DIVIDE);

  private final Kernel kernel;

  Arithmetic(BinaryFunction function) {
    this.kernel = Kernel.of(function.of(Expression.operand(0), Expression.operand(1)), 2);
  }

  /** The operation of two tensors. */
  Kernel kernel() {
    return kernel;
  }
}
