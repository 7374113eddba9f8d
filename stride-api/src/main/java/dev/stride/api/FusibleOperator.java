package dev.stride.api;

import org.jspecify.annotations.Nullable;

/**
 * An operator that can be computed together with the calls that feed it, without a value in between
 * for each; see {@link Engine#fused}.
 *
 * <p>The engine asks when calls in a row could become one, and remembers the answer. What is
 * returned is an operator like any other: it has its own exact adjoint, which the testkit can
 * check. Has one output. Stateless and thread-safe.
 *
 * @param <Y> type of the primary output
 */
public interface FusibleOperator<Y> extends Operator<Y> {

  /**
   * One operator that does what several calls do, of which this operator's is the last.
   *
   * <p>Its inputs are {@link Fusion#inputs()}, with those names, types and declarations, and its
   * output is named as this operator's. Its values are bitwise those of the calls one after the
   * other. Called on the thread of a user's call: it must not compute anything.
   *
   * @return null where the calls are better made one after the other, for instance because one of
   *     them is of an operator that this one does not know
   */
  @Nullable Operator<Y> fuse(Fusion fusion);
}
