package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.shape.Widths;
import dev.stride.ops.std.internal.space.AxisMatrix.Row;
import java.util.ArrayList;
import java.util.List;

/** Padding along each axis as matrices with one weight a row. */
final class Padding {

  private Padding() {}

  /** What stands at a point of the longer axis: a point of the shorter one, and its weight. */
  @FunctionalInterface
  interface Source {

    /**
     * Tells the source.
     *
     * @param beyond points beyond the edge, counted from 1; negative before the first point; 0
     *     inside
     * @param inside the point itself where it is inside, otherwise the nearest edge
     * @param width width of the padding on that side; 1 inside
     */
    Row row(int beyond, int inside, int width, int extent);
  }

  /** The map of a call with a port {@code widths}. */
  static Separable map(OperatorCall call, Shape x, Source source) {
    List<Widths.Side> sides = Widths.read(x, call);
    List<AxisMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      int extent = x.extent(axis);
      if (extent == 0) {
        throw Operands.wrong(
            call, "`x` has shape " + x + "; axis " + axis + " is empty and has no edge.");
      }
      int before = sides.get(axis).before();
      int after = sides.get(axis).after();
      matrices.add(
          AxisMatrix.of(
              before + extent + after,
              extent,
              i -> {
                int inside = Math.clamp(i - before, 0, extent - 1);
                int beyond = i - before - inside;
                int width = beyond == 0 ? 1 : beyond < 0 ? before : after;
                return source.row(beyond, inside, width, extent);
              }));
    }
    return new Separable(x, matrices);
  }
}
