package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;

/** The port {@code widths} of paddings, read in each of its forms. */
final class Widths {

  /** The port. */
  static final Port PORT = Port.auxiliary("widths", Number.class).variadic();

  private Widths() {}

  /** Widths before and after one axis. */
  record Side(int before, int after) {

    boolean isEmpty() {
      return before == 0 && after == 0;
    }
  }

  /** Samples of a padding that takes widths only. */
  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 5), 23), 3),
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23), 2, 0, 1, 3).described("two widths per axis"),
        Sample.of(Domain.ALL.of(Shape.SCALAR, 23), 2).described("a scalar has no sides"));
  }

  /** The widths of each axis, checked. */
  static List<Side> read(Shape x, OperatorCall call) {
    List<Integer> widths = new ArrayList<>();
    for (Number number : call.values("widths", Number.class)) {
      widths.add(width(call, number));
    }
    List<Side> sides = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      sides.add(side(widths, axis, x, call));
    }
    return sides;
  }

  /** The shape with these widths around it. */
  static Shape padded(Shape x, List<Side> sides) {
    int[] extents = x.toArray();
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] += sides.get(axis).before() + sides.get(axis).after();
    }
    return Shape.of(extents);
  }

  /** An error that names the axis if one without elements is to be padded with its own. */
  static void checkFilled(Shape x, List<Side> sides, OperatorCall call) {
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.extent(axis) == 0 && !sides.get(axis).isEmpty()) {
        throw Operands.wrong(
            call,
            "`x` has shape "
                + x
                + "; axis "
                + axis
                + " is empty and has no edge to repeat. Leave it out of the padding.");
      }
    }
  }

  private static int width(OperatorCall call, Number number) {
    int width = Indices.whole(call, "widths", number);
    if (width < 0) {
      throw Operands.wrong(call, "`widths` has " + width + "; a width must not be negative.");
    }
    return width;
  }

  private static Side side(List<Integer> widths, int axis, Shape x, OperatorCall call) {
    if (widths.size() == 1) {
      return new Side(widths.getFirst(), widths.getFirst());
    } else if (widths.size() == x.rank()) {
      return new Side(widths.get(axis), widths.get(axis));
    } else if (widths.size() == 2 * x.rank()) {
      return new Side(widths.get(2 * axis), widths.get(2 * axis + 1));
    }
    throw Operands.wrong(
        call,
        "`widths` has "
            + widths.size()
            + " numbers, but `x` has shape "
            + x
            + ". Give one for all sides, one per axis, or two per axis.");
  }
}
