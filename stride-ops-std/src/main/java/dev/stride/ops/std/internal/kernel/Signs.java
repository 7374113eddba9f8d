package dev.stride.ops.std.internal.kernel;

import dev.stride.ops.std.internal.kernel.Expression.BitOperation;

/** The signs of numbers, zeros too. */
final class Signs {

  private Signs() {}

  /** 1 or -1 with the sign of {@code x}, which may be a zero. */
  static Expression of(Expression x, boolean single) {
    return single
        ? x.bits(BitOperation.AND, 0x80000000L).bits(BitOperation.OR, 0x3f800000L)
        : x.bits(BitOperation.AND, 1L << 63).bits(BitOperation.OR, 0x3ff0000000000000L);
  }
}
