package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Losses that are sums over elements: names, ports, values and slopes are those of the standard
 * pack, whose documentation holds for them too.
 */
final class ElementLosses {

  private static final Code OUTSIDE =
      new Code("x <= low || x >= high ? 1 : 0", List.of("x"), List.of("low", "high"));

  private ElementLosses() {}

  static LossFormula l2() {
    return LossFormula.ofResidual("stride.l2-distance", "r * r", 2, "r");
  }

  static LossFormula l1() {
    return LossFormula.ofResidual("stride.l1-distance", "fabs(r)", 1, "sgn(r)");
  }

  static LossFormula huber() {
    return LossFormula.ofResidual(
            "stride.huber",
            "fabs(r) < delta ? C(0.5) * r * r : delta * (fabs(r) - C(0.5) * delta)",
            1,
            "fabs(r) < delta ? r : delta * sgn(r)")
        .number("delta", null)
        .checked((call, first, elements, sums) ->
            requirePositive(call, "delta", call.number("delta"), "Pa"));
  }

  static LossFormula studentT() {
    return LossFormula.ofResidual(
            "stride.student-t",
            "(degrees + 1) * C(0.5) * log1p((r / scale) * (r / scale) / degrees)",
            1,
            "(degrees + 1) * (r / scale) / ((degrees + (r / scale) * (r / scale)) * scale)")
        .number("scale", null)
        .number("degrees", 1.0)
        .checked((call, first, elements, sums) -> {
          requirePositive(call, "scale", call.number("scale"), "Pa");
          requirePositive(call, "degrees", call.number("degrees", 1), "");
        });
  }

  /** Waits for the count of elements that are not between the bounds. */
  static LossFormula boundBarrier() {
    return LossFormula.of(
            "stride.bound-barrier",
            "x",
            "-(log(2 * (x - low) / (high - low)) + log(2 * (high - x) / (high - low)))",
            "1 / (high - x) - 1 / (x - low)")
        .number("low", null)
        .number("high", null)
        .checked((call, first, elements, sums) -> requireInside(call, first, sums));
  }

  private static void requirePositive(OperatorCall call, String port, double value, String unit) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Operands.wrong(
          call,
          ("`" + port + "` is " + value + " " + unit).strip()
              + "; it must be positive and finite.");
    }
  }

  private static void requireInside(OperatorCall call, Tensor x, Reduction sums) {
    double low = call.number("low");
    double high = call.number("high");
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw Operands.wrong(
          call,
          "`low` is " + low + " and `high` is " + high + "; both must be finite and low < high.");
    }
    Tensor outside = sums.compute(OUTSIDE, Axes.all(x.shape()), 1, List.of(x), low, high);
    double count = outside.item();
    outside.storage().release();
    if (count > 0) {
      requireInside(call, x.toHeap(), low, high);
    }
  }

  /** The same element by element, with the bounds as they were given. */
  private static void requireInside(OperatorCall call, Tensor x, double low, double high) {
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

  static List<Sample> l2Samples() {
    Tensor modelled = Domain.ALL.of(Shape.of(2, 3, 16), 21);
    Tensor observed = Domain.POSITIVE.of(modelled.shape(), 25);
    return List.of(
        Sample.of(modelled, observed),
        Sample.of(modelled, observed, Domain.POSITIVE.of(modelled.shape(), 26))
            .described("weighted"),
        Sample.of(modelled.times(1e-6), observed.times(1e-6)).described("faint traces"));
  }

  /** Residuals away from 0 and from 1. */
  static List<Sample> residuals(double... numbers) {
    return List.of(
        sample(Shape.of(2, 3, 5), numbers),
        sample(Shape.of(31), numbers)
            .with("weights", Domain.POSITIVE.of(Shape.of(31), 26))
            .described("weighted"));
  }

  private static Sample sample(Shape shape, double... numbers) {
    Tensor observed = Domain.ALL.of(shape, 23);
    List<Object> arguments = new ArrayList<>();
    arguments.add(observed.plus(apart(shape)));
    arguments.add(observed);
    Arrays.stream(numbers).forEach(arguments::add);
    return Sample.of(arguments.toArray());
  }

  /** Numbers of both signs with sizes between 0.2 and 0.8, or between 1.2 and 1.8. */
  private static Tensor apart(Shape shape) {
    return Domain.POSITIVE
        .of(shape, 29)
        .map(
            v -> Math.signum(Math.sin(50 * v)) * (Math.floor(v) + 0.2 + 0.6 * (v - Math.floor(v))));
  }

  /** Points between bounds. */
  static List<Sample> inside() {
    Tensor x = Domain.POSITIVE.of(Shape.of(9), 31);
    return List.of(
        Sample.of(Domain.POSITIVE.of(Shape.of(4, 7), 31).plus(1), 1, 5),
        Sample.of(x, 0.25, 4).with("weights", x).described("weighted"));
  }
}
