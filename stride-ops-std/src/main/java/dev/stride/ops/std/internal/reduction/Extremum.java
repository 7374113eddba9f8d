package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Arguments;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Folds;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.ReducingOperator;
import java.util.List;

/**
 * The largest or the smallest element over axes.
 *
 * <p>NaN if any element is; of empty slices an error. For a cotangent {@code g} the adjoint is
 * {@code g} at the element that is the result, shared equally where several are, and 0 elsewhere.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (auxiliary)<td>whole numbers from 0, or negative from the end; all if left out<td>1
 *   <tr><td>keepdims (auxiliary)<td>whether axes stay, with extent 1; false if left out<td>
 *   <tr><td>y (output)<td>x without the axes<td>as x
 * </table>
 *
 * <p>Keeps x and y. Deterministic and stateless: one instance serves any number of concurrent
 * calls.
 */
final class Extremum extends ReducingOperator {

  private static final Expression SHARE =
      X.ifEqual(Y, Expression.constant(1).over(S), Y.ifEqual(Y, Expression.constant(0), Y));

  private final Folds fold;

  private Extremum(String name, Folds fold) {
    super(name, null, 0, SHARE);
    this.fold = fold;
  }

  /** The largest element over axes: {@code numpy.max}. */
  static Extremum largest() {
    return new Extremum("stride.max", Folds.MAX);
  }

  /** The smallest element over axes: {@code numpy.min}. */
  static Extremum smallest() {
    return new Extremum("stride.min", Folds.MIN);
  }

  static List<Sample> samples() {
    return ReductionSamples.untied();
  }

  @Override
  protected Tensor reduced(OperatorCall call, Tensor x, Axes axes, double number) {
    if (x.size() == 0 && axes.slices() > 0) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x.shape()
              + ", so there is no element to choose. Give at least one along the axes that are"
              + " reduced.");
    }
    return fold.over(axes, x, call.parallel());
  }

  @Override
  protected Tensor statistic(Tensor x, Tensor y, Axes axes, Parallel parallel) {
    return Ties.count(x, y, axes, parallel);
  }

  @Override
  protected Variable<Tensor> statistic(Variable<Tensor> x, Variable<Tensor> y, Arguments axes) {
    return Ties.count(x, y, axes);
  }
}
