package dev.stride.ops.std.internal.kernel;

/** Functions of one element. */
@SuppressWarnings("ImmutableEnumChecker") // kernels are immutable but for what they have compiled
public enum Function {
  /** {@code e^x}. */
  EXP(UnaryFunction.EXP),
  /** The natural logarithm. */
  LOG(UnaryFunction.LOG),
  /** The square root, correctly rounded. */
  SQRT(UnaryFunction.SQRT);

  private final Kernel kernel;

  Function(UnaryFunction function) {
    this.kernel = Kernel.of(function.of(Expression.operand(0)), 1);
  }

  /** The function of a tensor. */
  Kernel kernel() {
    return kernel;
  }
}
