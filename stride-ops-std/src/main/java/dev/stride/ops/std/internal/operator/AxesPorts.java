package dev.stride.ops.std.internal.operator;

import dev.stride.api.DifferentiableOperator.VariableCall;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.kernel.Axes;
import java.util.ArrayList;
import java.util.List;

/**
 * The auxiliary ports of a reduction: {@code axes}, counted from 0 or, negative, from the end, all
 * if none is given; and {@code keepdims}, whether an axis that is removed stays with extent 1,
 * false if left out.
 */
public final class AxesPorts {

  private AxesPorts() {}

  /** The port {@code axes}. */
  public static Port axes() {
    return Port.auxiliary("axes", Number.class).variadic();
  }

  /** The port {@code keepdims}. */
  public static Port keepdims() {
    return Port.auxiliary("keepdims", Boolean.class).optional();
  }

  /** What a call asks for; an error if an axis is not one of the shape. */
  public static Axes of(OperatorCall call, Shape x) {
    boolean keep = call.has("keepdims") && call.value("keepdims", Boolean.class);
    List<Number> given = call.has("axes") ? call.values("axes", Number.class) : List.of();
    return of(call.signature().name(), x, given, keep);
  }

  /** What a call on variables asked for. */
  static Axes of(String operator, VariableCall call, Shape x) {
    List<Number> given = new ArrayList<>();
    while (call.has("axes[" + given.size() + "]")) {
      given.add(call.value("axes[" + given.size() + "]", Number.class));
    }
    boolean keep = call.has("keepdims") && call.value("keepdims", Boolean.class);
    return of(operator, x, given, keep);
  }

  private static Axes of(String operator, Shape x, List<Number> given, boolean keep) {
    boolean[] removed = new boolean[x.rank()];
    for (Number number : given) {
      double axis = number.doubleValue();
      double counted = axis < 0 ? axis + x.rank() : axis;
      if (axis != Math.rint(axis) || !(counted >= 0 && counted < x.rank())) {
        throw new IllegalArgumentException(
            operator
                + ": `axes` has "
                + number
                + ", but `x` has shape "
                + x
                + (x.rank() == 0
                    ? " and no axis. Leave `axes` out."
                    : "; it must be a whole number from "
                        + -x.rank()
                        + " to "
                        + (x.rank() - 1)
                        + "."));
      }
      if (removed[(int) counted]) {
        throw new IllegalArgumentException(
            operator + ": `axes` is " + given + " and names one axis twice. Name each once.");
      }
      removed[(int) counted] = true;
    }
    if (given.isEmpty()) {
      java.util.Arrays.fill(removed, true);
    }
    return Axes.of(x, removed, keep);
  }
}
