package dev.stride.ops.std.internal.kernel;

/**
 * Functions of arguments that are too large for steps. Called by generated loops of plain code, and
 * for vectors by {@link LargeLanes}.
 */
final class LargeArguments {

  private LargeArguments() {}

  /** The function as {@link StrictMath} has it, on every machine alike. */
  static double value(UnaryFunction function, double x) {
    return switch (function) {
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      default -> throw new IllegalArgumentException(function + " has steps for all arguments");
    };
  }
}
