package dev.stride.ops.std.internal.reduction;

import dev.stride.api.Arguments;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Function;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Terms;
import dev.stride.ops.std.internal.operator.ReducingOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * The variance over axes, or its square root, the standard deviation.
 *
 * <p>Computes {@code v = sum (x - m)^2 / (n - ddof)} with the mean {@code m} of the {@code n}
 * elements of a slice, in two passes; NaN or infinite where {@code n <= ddof}. For a cotangent
 * {@code g} the adjoint is {@code 2 g (x - m) / (n - ddof)}, and {@code g (x - m) / ((n - ddof) y)}
 * for the deviation {@code y}, 0 where that is 0.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (auxiliary)<td>whole numbers from 0, or negative from the end; all if left out<td>1
 *   <tr><td>keepdims (auxiliary)<td>whether axes stay, with extent 1; false if left out<td>
 *   <tr><td>ddof (auxiliary)<td>number, 0 if left out<td>1
 *   <tr><td>y (output)<td>x without the axes<td>square of that of x; as x for the deviation
 * </table>
 *
 * <p>Keeps x, and y for the deviation; needs a few KiB a thread while it runs. Deterministic and
 * stateless: one instance serves any number of concurrent calls.
 */
final class Variance extends ReducingOperator {

  private static final Expression FREEDOM = LENGTH.minus(NUMBER);

  private final boolean root;

  private Variance(String name, boolean root, Expression slope) {
    super(name, "ddof", 0, slope);
    this.root = root;
  }

  /** The variance over axes: {@code numpy.var}. */
  static Variance variance() {
    return new Variance("stride.variance", false, X.minus(S).times(2).over(FREEDOM));
  }

  /** The standard deviation over axes: {@code numpy.std}. */
  static Variance deviation() {
    Expression slope = X.minus(S).over(FREEDOM.times(Y));
    return new Variance(
        "stride.standard-deviation",
        true,
        Y.ifEqual(Expression.constant(0), Expression.constant(0), slope));
  }

  /** Slices of one element have variance 0, whatever that is. */
  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ReductionSamples.normal());
    samples.removeIf(sample -> List.of("scalar", "one element").contains(sample.description()));
    samples.add(samples.getFirst().with("ddof", 1).described("ddof 1"));
    samples.add(samples.get(1).with("ddof", 1).described("ddof 1 of columns"));
    return samples;
  }

  @Override
  protected Tensor reduced(OperatorCall call, Tensor x, Axes axes, double number) {
    Parallel parallel = call.parallel();
    Terms deviations = Terms.deviations(x, mean(x, axes, parallel));
    double freedom = Math.max(0, axes.length() - number);
    Tensor variance = Reduction.sumOfSquares(deviations, axes, freedom, parallel);
    return root ? Elementwise.map(Function.SQRT, variance, parallel) : variance;
  }

  private static Tensor mean(Tensor x, Axes axes, Parallel parallel) {
    return Reduction.sum(x, axes, axes.length(), parallel);
  }

  @Override
  protected Tensor statistic(Tensor x, Tensor y, Axes axes, Parallel parallel) {
    return mean(x, axes, parallel);
  }

  @Override
  protected Variable<Tensor> statistic(Variable<Tensor> x, Variable<Tensor> y, Arguments axes) {
    return new Mean().call(Ties.of(x, axes));
  }
}
