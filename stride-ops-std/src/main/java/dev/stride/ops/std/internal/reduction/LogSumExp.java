package dev.stride.ops.std.internal.reduction;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Folds;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.ReducingOperator;
import java.util.List;

/**
 * The logarithm of the sum of exponentials over axes, without overflow.
 *
 * <p>Computes {@code y = m + ln sum e^(x - m)} with the largest element {@code m}; -infinity of
 * empty slices. For a cotangent {@code g} the adjoint is {@code g e^(x - y)}, the softmax of x.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>1
 *   <tr><td>axes (auxiliary)<td>whole numbers from 0, or negative from the end; all if left out<td>1
 *   <tr><td>keepdims (auxiliary)<td>whether axes stay, with extent 1; false if left out<td>
 *   <tr><td>y (output)<td>x without the axes<td>1
 * </table>
 *
 * <p>Keeps x and y; needs a few KiB a thread while it runs. Deterministic and stateless: one
 * instance serves any number of concurrent calls.
 */
final class LogSumExp extends ReducingOperator {

  private static final Expression A = Expression.operand(0);
  private static final Expression B = Expression.operand(1);

  /** What is subtracted: a largest element that is infinite would give NaN. */
  private static final Kernel FINITE =
      Kernel.of(A.minus(A).ifEqual(Expression.constant(0), A, Expression.constant(0)), 1);

  private static final Kernel SMALLER = Kernel.of(UnaryFunction.EXP.of(A.minus(B)), 2);
  private static final Kernel RESULT = Kernel.of(UnaryFunction.LOG.of(A).plus(B), 2);

  LogSumExp() {
    super("stride.logsumexp", null, 0, UnaryFunction.EXP.of(X.minus(Y)));
  }

  static List<Sample> samples() {
    return ReductionSamples.of(v -> v, 20).stream()
        .map(sample -> sample.description().equals("small numbers") ? sample.scaled(1e5) : sample)
        .toList();
  }

  @Override
  protected Tensor reduced(OperatorCall call, Tensor x, Axes axes, double number) {
    Parallel parallel = call.parallel();
    Tensor most = FINITE.map(parallel, Folds.MAX.over(axes, x, parallel));
    Tensor sums = Reduction.sum(SMALLER.terms(x, most), axes, 1, parallel);
    return RESULT.map(parallel, sums, most);
  }
}
