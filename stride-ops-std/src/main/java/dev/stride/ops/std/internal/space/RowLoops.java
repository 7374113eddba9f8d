package dev.stride.ops.std.internal.space;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The loops that sums of weighted rows are made of: one for each way in which weights are equal or
 * opposite to each other, compiled at its first use. Safe for use by any number of threads.
 */
final class RowLoops {

  /** Terms of one loop; more would make it too large for the compiler. */
  static final int MOST_TERMS = 48;

  private static final Kernel SCALED =
      Kernel.of(Expression.parameter(0).times(Expression.operand(0)), 1);
  private static final Kernel ADDED =
      Kernel.of(
          Expression.operand(0).plus(Expression.parameter(0).times(Expression.operand(1))), 2);

  private final ConcurrentMap<List<Group>, Kernel> fused = new ConcurrentHashMap<>();

  /** Rows of one weight: so many that are added, and then so many that are subtracted. */
  record Group(int added, int subtracted) {}

  /** {@code p[0] a}. */
  static Rows scaled(DataType type) {
    return SCALED.rows(type);
  }

  /** {@code a + p[0] b}. */
  static Rows added(DataType type) {
    return ADDED.rows(type);
  }

  /**
   * The sum over groups of {@code p[group] (a + b + ... - c - ...)}, the first group first.
   *
   * @param groups of at most {@link #MOST_TERMS} rows together
   */
  Rows fused(List<Group> groups, DataType type) {
    return fused.computeIfAbsent(groups, RowLoops::kernel).rows(type);
  }

  private static Kernel kernel(List<Group> groups) {
    List<Expression> sums = new ArrayList<>();
    int operand = 0;
    for (int g = 0; g < groups.size(); g++) {
      Expression sum = Expression.operand(operand++);
      for (int k = 1; k < groups.get(g).added(); k++) {
        sum = sum.plus(Expression.operand(operand++));
      }
      for (int k = 0; k < groups.get(g).subtracted(); k++) {
        sum = sum.minus(Expression.operand(operand++));
      }
      sums.add(Expression.parameter(g).times(sum));
    }
    return Kernel.of(sums.stream().reduce(Expression::plus).orElseThrow(), operand);
  }
}
