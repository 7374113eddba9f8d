package dev.stride.ops.std.internal.elementwise;

import dev.stride.ops.std.internal.kernel.Expression;

/** The letters that functions of one tensor are written in. */
final class Symbols {

  /** The argument. */
  static final Expression X = Expression.operand(0);

  /** The result, for slopes. */
  static final Expression Y = Expression.operand(1);

  private Symbols() {}
}
