package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Derivatives;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Folds;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Terms;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.ReducingOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * The p-norm over axes: {@code (sum |x|^p)^(1/p)}, and the largest {@code |x|} for an infinite p.
 *
 * <p>Without overflow or underflow: where powers would, elements are divided by the largest one
 * first. 0 of empty slices. For a cotangent {@code g} the adjoint is {@code g sign(x) (|x| / y)^(p
 * - 1)}; for an infinite p {@code g sign(x)} at the largest elements, shared equally where several
 * are. It is 0 where y is 0, and at elements that are 0.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (auxiliary)<td>whole numbers from 0, or negative from the end; all if left out<td>1
 *   <tr><td>keepdims (auxiliary)<td>whether axes stay, with extent 1; false if left out<td>
 *   <tr><td>p (auxiliary)<td>number, at least 1; 2 if left out<td>1
 *   <tr><td>y (output)<td>x without the axes<td>as x
 * </table>
 *
 * <p>Keeps x, and y unless p is 1; needs a few KiB a thread while it runs. Deterministic and
 * stateless: one instance serves any number of concurrent calls.
 */
final class Norm extends ReducingOperator {

  private static final Expression A = Expression.operand(0);
  private static final Expression B = Expression.operand(1);
  private static final Expression ZERO = Expression.constant(0);
  private static final Expression SIZE = UnaryFunction.ABS.of(A);

  private static final Kernel SIZES = Kernel.of(SIZE, 1);
  private static final Kernel SQUARES = Kernel.of(A.over(B).squared(), 2);
  private static final Kernel POWERS =
      Kernel.of(BinaryFunction.POW.of(SIZE.over(B), Expression.parameter(0)), 2);
  private static final Kernel ROOT = Kernel.of(UnaryFunction.SQRT.of(A).times(B), 2);
  private static final Kernel ANY_ROOT =
      Kernel.of(
          BinaryFunction.POW.of(A, Expression.constant(1).over(Expression.parameter(0))).times(B),
          2);

  /** What is divided by: where all is 0 or something is infinite, nothing is to be done. */
  private static final Kernel UNIT =
      Kernel.of(
          A.ifEqual(
              ZERO,
              Expression.constant(1),
              A.ifEqual(Expression.constant(Double.POSITIVE_INFINITY), Expression.constant(1), A)),
          1);

  /** Norms whose squares, and those of elements that count, are float64 numbers of full length. */
  private static final double LEAST = 0x1p-450;

  private static final double MOST = 0x1p500;

  /** The first where it is safe, else the second. */
  private static final Kernel SAFE =
      Kernel.of(
          A.ifLess(Expression.constant(LEAST), B, Expression.constant(MOST).ifLess(A, B, A)), 2);

  private static final Expression OF_ONE = Derivatives.sign(X);
  private static final Expression OF_TWO = Y.ifEqual(ZERO, ZERO, X.over(Y));
  private static final Expression OF_INFINITY =
      UnaryFunction.ABS.of(X).ifEqual(Y, Derivatives.sign(X).over(S), Y.ifEqual(Y, ZERO, Y));
  private static final Expression OF_ANY =
      Y.ifEqual(
          ZERO,
          ZERO,
          Derivatives.sign(X)
              .times(
                  BinaryFunction.POW.of(
                      UnaryFunction.ABS.of(X).over(Y), NUMBER.minus(Expression.constant(1)))));

  Norm() {
    super("stride.norm", "p", 2, OF_ONE, OF_TWO, OF_INFINITY, OF_ANY);
  }

  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ReductionSamples.of(Norm::apart, 1e6));
    samples.addAll(ReductionSamples.of(Norm::apart, 1e6, "p", 1).subList(0, 6));
    samples.addAll(ReductionSamples.of(Norm::apart, 1e6, "p", 3).subList(0, 6));
    samples.addAll(ReductionSamples.of(Norm::apart, 1e6, "p", 1.5).subList(0, 2));
    ReductionSamples.untied().subList(0, 4).stream()
        .map(sample -> sample.with("p", Double.POSITIVE_INFINITY))
        .forEach(samples::add);
    return samples;
  }

  private static double apart(double v) {
    return v + Math.copySign(0.3, v);
  }

  @Override
  protected int kind(double p) {
    if (p == 1) {
      return 0;
    }
    if (p == 2) {
      return 1;
    }
    return p == Double.POSITIVE_INFINITY ? 2 : 3;
  }

  @Override
  protected Tensor reduced(OperatorCall call, Tensor x, Axes axes, double p) {
    if (!(p >= 1)) {
      throw Operands.wrong(call, "`p` is " + p + "; it must be at least 1. Leave it out for 2.");
    }
    Parallel parallel = call.parallel();
    if (p == 1) {
      return Reduction.sum(SIZES.terms(x), axes, 1, parallel);
    }
    return p == 2 ? euclidean(x, axes, parallel) : scaled(x, axes, p, parallel);
  }

  /** Without scaling, and where squares are too large or too small for float64 with it. */
  private static Tensor euclidean(Tensor x, Axes axes, Parallel parallel) {
    Tensor direct = Reduction.rootOfSquares(Terms.of(x), axes, parallel);
    return x.dataType() == DataType.FLOAT32 || isSafe(direct)
        ? direct
        : SAFE.map(parallel, direct, scaled(x, axes, 2, parallel));
  }

  private static boolean isSafe(Tensor roots) {
    for (int i = 0; i < roots.size(); i++) {
      double root = roots.at(i);
      if (root < LEAST || root > MOST) {
        return false;
      }
    }
    return true;
  }

  private static Tensor scaled(Tensor x, Axes axes, double p, Parallel parallel) {
    Tensor most = largest(x, axes, parallel);
    if (p == Double.POSITIVE_INFINITY) {
      return most;
    }
    Tensor unit = UNIT.map(parallel, most);
    double[] number = {p};
    Terms powers = p == 2 ? SQUARES.terms(x, unit) : POWERS.terms(number, x, unit);
    Tensor sums = Reduction.sum(powers, axes, 1, parallel);
    return p == 2 ? ROOT.map(parallel, sums, unit) : ANY_ROOT.map(parallel, number, sums, unit);
  }

  private static Tensor largest(Tensor x, Axes axes, Parallel parallel) {
    return x.size() == 0
        ? Tensor.zeros(axes.kept(), x.dataType())
        : Folds.MAX.over(axes, SIZES.terms(x), parallel);
  }

  @Override
  protected Tensor statistic(Tensor x, Tensor y, Axes axes, Parallel parallel) {
    return Ties.count(SIZES.map(parallel, x), y, axes, parallel);
  }

  @Override
  protected Variable<Tensor> statistic(Variable<Tensor> x, Variable<Tensor> y, Arguments axes) {
    return Ties.count(Magnitudes.of(x), y, axes);
  }
}
