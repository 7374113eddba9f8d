package dev.stride.ops.std.internal.loss;

import static dev.stride.ops.std.internal.kernel.Expression.parameter;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Losses that are sums over elements.
 *
 * <p>Computes {@code loss = sum(w rho(r))} with {@code r = modelled - observed} and weights {@code
 * w}, 1 if they are left out. For a cotangent {@code g} the adjoint is {@code g w rho'(r)} for
 * modelled and {@code -g w rho'(r)} for observed; there is none for the weights.
 *
 * <table>
 *   <caption>Inputs and outputs of losses of residuals</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>modelled<td>any, typically [source, receiver, time]<td>Pa
 *   <tr><td>observed<td>as modelled<td>Pa
 *   <tr><td>delta, scale (auxiliary)<td>positive numbers<td>Pa
 *   <tr><td>degrees (optional, auxiliary)<td>positive number; default 1<td>1
 *   <tr><td>weights (optional, auxiliary)<td>as modelled<td>1
 *   <tr><td>loss (output)<td>[]<td>as the formula says
 * </table>
 */
final class ElementLosses {

  private ElementLosses() {}

  /**
   * {@code rho(r) = |r|}, in Pa; slope -1 below and 1 above its kink at 0, where the slope is taken
   * to be 0.
   */
  static ElementLoss l1() {
    return new ElementLoss(
        LossFormula.ofResidual("stride.l1-distance", UnaryFunction.ABS::of), call -> {});
  }

  /**
   * {@code rho(r) = r^2 / 2} up to {@code |r| = delta} and {@code delta (|r| - delta / 2)} beyond,
   * in Pa^2: squares for noise, absolute values for outliers. Its slope {@code min(max(r, -delta),
   * delta)} has kinks where {@code |r| = delta}. Huber (1964), doi:10.1214/aoms/1177703732.
   */
  static ElementLoss huber() {
    return new ElementLoss(
        LossFormula.ofResidual("stride.huber", ElementLosses::huber).number("delta"),
        call -> requirePositive(call, "delta", call.number("delta"), "Pa"));
  }

  private static Expression huber(Expression r) {
    Expression delta = parameter(0);
    Expression size = UnaryFunction.ABS.of(r);
    return size.ifLess(delta, r.squared().times(0.5), delta.times(size.minus(delta.times(0.5))));
  }

  /**
   * {@code rho(r) = (n + 1) / 2 ln(1 + r^2 / (n scale^2))} with n {@code degrees} of freedom, 1 for
   * a Cauchy distribution: the negative logarithm of Student's density, but for a constant. Slope
   * {@code (n + 1) r / (n scale^2 + r^2)}, which falls for outliers. Aravkin et al. (2011),
   * doi:10.1190/1.3627747.
   */
  static ElementLoss studentT() {
    return new ElementLoss(
        LossFormula.ofResidual("stride.student-t", ElementLosses::studentT)
            .number("scale")
            .number("degrees", 1),
        call -> {
          requirePositive(call, "scale", call.number("scale"), "Pa");
          requirePositive(call, "degrees", call.number("degrees", 1), "");
        });
  }

  private static Expression studentT(Expression r) {
    Expression scale = parameter(0);
    Expression degrees = parameter(1);
    return degrees
        .plus(1)
        .times(0.5)
        .times(UnaryFunction.LOG1P.of(r.over(scale).squared().over(degrees)));
  }

  /**
   * {@code rho(x) = -ln(2 (x - low) / (high - low)) - ln(2 (high - x) / (high - low))}: 0 in the
   * middle between two bounds, positive elsewhere, and infinite at the bounds; a tensor that
   * touches or leaves them is an error. Slope {@code 1 / (high - x) - 1 / (x - low)}.
   *
   * <p>Its only differentiable input is {@code x}, so that {@code r} is x.
   *
   * <table>
   *   <caption>Inputs and outputs</caption>
   *   <tr><th>name<th>shape<th>unit
   *   <tr><td>x<td>any<td>any
   *   <tr><td>low, high (auxiliary)<td>numbers, low below high<td>as x
   *   <tr><td>weights (optional, auxiliary)<td>as x<td>1
   *   <tr><td>loss (output)<td>[]<td>1
   * </table>
   */
  static ElementLoss boundBarrier() {
    return new ElementLoss(
        LossFormula.of("stride.bound-barrier", "x", ElementLosses::barrier)
            .number("low")
            .number("high"),
        ElementLosses::requireInside);
  }

  private static Expression barrier(Expression x) {
    Expression low = parameter(0);
    Expression high = parameter(1);
    Expression half = high.minus(low).times(0.5);
    return UnaryFunction.LOG
        .of(x.minus(low).over(half))
        .plus(UnaryFunction.LOG.of(high.minus(x).over(half)))
        .negated();
  }

  private static void requirePositive(OperatorCall call, String port, double value, String unit) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Operands.wrong(
          call,
          ("`" + port + "` is " + value + " " + unit).strip()
              + "; it must be positive and finite.");
    }
  }

  private static void requireInside(OperatorCall call) {
    Tensor x = call.tensor("x");
    double low = call.number("low");
    double high = call.number("high");
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw Operands.wrong(
          call,
          "`low` is " + low + " and `high` is " + high + "; both must be finite and low < high.");
    }
    for (int i = 0; i < x.size(); i++) {
      if (x.at(i) <= low || x.at(i) >= high) {
        throw Operands.wrong(
            call,
            "`x` is "
                + x.at(i)
                + " at "
                + Arrays.toString(position(x.shape(), i))
                + "; it must stay between the bounds, "
                + low
                + " and "
                + high
                + ". Shorten the step that led here, or widen the bounds.");
      }
    }
  }

  private static int[] position(Shape shape, int flat) {
    int[] position = new int[shape.rank()];
    int rest = flat;
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape.extent(axis);
      rest /= shape.extent(axis);
    }
    return position;
  }

  /** Residuals away from 0 and from 1; numbers scale with them. */
  static List<Sample> residuals(double... numbers) {
    List<Sample> samples = new ArrayList<>();
    for (Shape shape :
        List.of(
            Shape.of(2, 3, 5),
            Shape.SCALAR,
            Shape.of(1),
            Shape.of(4, 7),
            Shape.of(2, 1, 2, 3),
            Shape.of(0, 3))) {
      samples.add(sample(shape, 1, numbers));
    }
    samples.add(
        sample(Shape.of(31), 1, numbers)
            .with("weights", Pairs.positive(Shape.of(31), 26))
            .described("weighted"));
    for (double size : new double[] {1e6, 1e-6}) {
      samples.add(sample(Shape.of(3, 4), size, numbers).described("residuals of size " + size));
    }
    return samples;
  }

  private static Sample sample(Shape shape, double size, double... numbers) {
    Tensor observed = Singles.normal(shape);
    List<Object> arguments = new ArrayList<>();
    arguments.add(observed.plus(apart(shape)).times(size));
    arguments.add(observed.times(size));
    Arrays.stream(numbers).map(number -> number * size).forEach(arguments::add);
    return Sample.of(arguments.toArray());
  }

  /** Numbers of both signs with sizes between 0.2 and 0.8, or between 1.2 and 1.8. */
  private static Tensor apart(Shape shape) {
    return Pairs.positive(shape, 29)
        .map(
            v -> Math.signum(Math.sin(50 * v)) * (Math.floor(v) + 0.2 + 0.6 * (v - Math.floor(v))));
  }

  /** Points between the bounds 1 and 5. */
  static List<Sample> inside() {
    List<Sample> samples = new ArrayList<>();
    for (Shape shape :
        List.of(
            Shape.of(4, 7), Shape.of(1), Shape.of(2, 1, 3), Shape.of(2, 3, 1, 2), Shape.of(0, 3))) {
      samples.add(Sample.of(Pairs.positive(shape, 31).plus(1), 1, 5));
    }
    samples.add(Sample.of(Tensor.scalar(1.5), -5, 5));
    Tensor x = Pairs.positive(Shape.of(9), 31);
    samples.add(Sample.of(x, 0.25, 4).with("weights", x).described("weighted"));
    samples.add(Sample.of(x.times(1e6), 0.25e6, 4e6).described("large numbers"));
    samples.add(Sample.of(x.times(1e-6), 0.25e-6, 4e-6).described("small numbers"));
    return samples;
  }
}
