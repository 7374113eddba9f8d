package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.EdgePadding;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.ArrayList;
import java.util.List;

/**
 * Padding that repeats the values at the edges, such as a model's into its absorbing layers.
 *
 * <p>Along each axis computes {@code y[i] = x[clamp(i - before, 0, extent - 1)]}. For a cotangent
 * {@code g} the adjoint sums back: each point gets the cotangents of all its copies.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any without an empty axis<td>any
 *   <tr><td>widths (variadic, auxiliary)<td>whole numbers: one for all sides; one per axis, for
 *       both of its sides; or two per axis, before and after it<td>points
 *   <tr><td>y (output)<td>extents of x plus the widths<td>as x
 * </table>
 *
 * <p>Saves shapes and widths. The adjoint adds in float64 in a fixed order. Stateless: one instance
 * serves any number of concurrent calls.
 */
final class PadEdge extends LinearOperator {

  PadEdge() {
    super("stride.pad-edge", Port.auxiliary("widths", Number.class).variadic());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 5)), 3),
        Sample.of(Singles.normal(Shape.of(3, 2, 4)), 2, 0, 1).described("one width per axis"),
        Sample.of(Singles.normal(Shape.of(3, 4)), 2, 0, 1, 3).described("two widths per axis"),
        Sample.of(Singles.normal(Shape.of(1)), 4).described("one point"),
        Sample.of(Singles.normal(Shape.SCALAR), 2).described("a scalar has no sides"),
        Sample.of(Singles.normal(Shape.of(5, 4)).times(1e6), 20).described("wider than the model"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    List<Integer> widths = new ArrayList<>();
    for (Number number : call.values("widths", Number.class)) {
      widths.add(width(call, number));
    }
    List<Side> sides = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      sides.add(side(widths, axis, x, call));
    }
    return Padded.of(x, sides);
  }

  private static int width(OperatorCall call, Number number) {
    int width = Indices.whole(call, "widths", number);
    if (width < 0) {
      throw Operands.wrong(call, "`widths` has " + width + "; a width must not be negative.");
    }
    return width;
  }

  private static Side side(List<Integer> widths, int axis, Shape x, OperatorCall call) {
    Side side =
        switch (form(widths.size(), x.rank())) {
          case ALL -> new Side(widths.getFirst(), widths.getFirst());
          case PER_AXIS -> new Side(widths.get(axis), widths.get(axis));
          case PER_SIDE -> new Side(widths.get(2 * axis), widths.get(2 * axis + 1));
          case NONE ->
              throw Operands.wrong(
                  call,
                  "`widths` has "
                      + widths.size()
                      + " numbers, but `x` has shape "
                      + x
                      + ". Give one for all sides, one per axis, or two per axis.");
        };
    if (x.extent(axis) == 0) {
      throw Operands.wrong(
          call, "`x` has shape " + x + "; axis " + axis + " is empty and has no edge to repeat.");
    }
    return side;
  }

  /** How widths were given. */
  private enum Form {
    ALL,
    PER_AXIS,
    PER_SIDE,
    NONE
  }

  private static Form form(int numbers, int rank) {
    if (numbers == 1) {
      return Form.ALL;
    } else if (numbers == rank) {
      return Form.PER_AXIS;
    }
    return numbers == 2 * rank ? Form.PER_SIDE : Form.NONE;
  }

  /** Widths before and after one axis. */
  private record Side(int before, int after) {}

  private record Padded(Shape from, Shape to, List<Side> sides) implements LinearMap {

    static Padded of(Shape from, List<Side> sides) {
      int[] extents = from.toArray();
      for (int axis = 0; axis < extents.length; axis++) {
        extents[axis] += sides.get(axis).before() + sides.get(axis).after();
      }
      return new Padded(from, Shape.of(extents), List.copyOf(sides));
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      Tensor padded = x;
      for (int axis = sides.size() - 1; axis >= 0; axis--) {
        Side side = sides.get(axis);
        padded = EdgePadding.pad(padded, axis, side.before(), side.after());
      }
      return padded;
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      Tensor folded = cotangent;
      for (int axis = 0; axis < sides.size(); axis++) {
        Side side = sides.get(axis);
        folded = EdgePadding.fold(folded, axis, side.before(), side.after());
      }
      return folded;
    }
  }
}
