package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.space.AxisMatrix.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * A field on a grid of other extents, along the last axes of a tensor.
 *
 * <p>Along each axis from {@code n} to {@code m} points:
 *
 * <ul>
 *   <li>{@code linear} (the default): points, of which the first and last stay where they are;
 *       {@code y[j]} is on the straight line between the neighbours of the position {@code j (n -
 *       1) / (m - 1)}, or for m = 1 of the middle.
 *   <li>{@code area}: cells that fill the same length; {@code y[j]} is the mean over {@code [j n /
 *       m, (j + 1) n / m)}, where a cell counts with the part of it that lies inside. Keeps the
 *       mean of the field.
 * </ul>
 *
 * <p>For a cotangent {@code g} the adjoint is the transpose: every {@code g[j]} goes to the points
 * that {@code y[j]} came from, times the same weights.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., grid]<td>any
 *   <tr><td>shape (auxiliary)<td>a {@link Shape}: the new extents of the last axes; the axes before
 *       them stay<td>points
 *   <tr><td>kind (optional, auxiliary)<td>linear or area<td>1
 *   <tr><td>y (output)<td>[..., shape]<td>as x
 * </table>
 *
 * <p>Saves the weights, a few for each line of the grid. Allocates the output and one tensor
 * between two axes. Sums in float64; results do not depend on threads. Stateless: one instance
 * serves any number of concurrent calls.
 */
final class Resize extends LinearOperator {

  Resize() {
    super(
        "stride.resize",
        Port.auxiliary("shape", Shape.class),
        Port.auxiliary("kind", String.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(5, 7)), Shape.of(8, 4)),
        Sample.of(Singles.normal(Shape.of(5, 7)), Shape.of(8, 4), "area"),
        Sample.of(Singles.normal(Shape.of(2, 3, 4, 5)), Shape.of(2, 7)).described("last axes"),
        Sample.of(Singles.normal(Shape.of(9, 6)), Shape.of(3, 2), "area").described("whole cells"),
        Sample.of(Singles.normal(Shape.of(1)), Shape.of(4)).described("one point"),
        Sample.of(Singles.normal(Shape.of(6)), Shape.of(1)).described("to one point"),
        Sample.of(Singles.normal(Shape.SCALAR), Shape.SCALAR).described("scalar"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), Shape.of(64)).described("large"),
        Sample.of(Singles.normal(Shape.of(2, 3, 5)), Shape.of(4, 4)).described("rank 3"),
        Sample.of(Singles.normal(Shape.of(0, 3, 5)), Shape.of(4, 4)).described("no plane"),
        Sample.of(Singles.normal(Shape.of(3, 4)).times(1e-6), Shape.of(5, 5))
            .described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Shape shape = call.value("shape", Shape.class);
    if (shape.rank() > x.rank()) {
      throw Operands.wrong(
          call,
          "`shape` is "
              + shape
              + ", but `x` has shape "
              + x
              + ". Give the extents of its last axes, no more than it has.");
    }
    boolean area = isArea(call);
    List<AxisMatrix> matrices = new ArrayList<>();
    for (int k = 0; k < shape.rank(); k++) {
      int from = x.extent(x.rank() - shape.rank() + k);
      int to = shape.extent(k);
      if (from == 0 && to > 0) {
        throw Operands.wrong(
            call, "`x` has shape " + x + ", from which no points can be made. Give at least one.");
      }
      matrices.add(AxisMatrix.of(to, from, j -> area ? area(from, to, j) : linear(from, to, j)));
    }
    return new Separable(x, matrices);
  }

  private static boolean isArea(OperatorCall call) {
    String kind = call.has("kind") ? call.value("kind", String.class) : "linear";
    if (!kind.equals("linear") && !kind.equals("area")) {
      throw Operands.wrong(call, "`kind` is '" + kind + "'; it must be linear or area.");
    }
    return kind.equals("area");
  }

  private static Row linear(int from, int to, int j) {
    double at = to == 1 ? (from - 1) / 2.0 : (double) j * (from - 1) / (to - 1);
    int lower = (int) Math.min(Math.floor(at), Math.max(0, from - 2));
    Row row = new Row().add(lower, 1 - (at - lower));
    return from == 1 ? row : row.add(lower + 1, at - lower);
  }

  /** In units of one m-th of a cell, so that overlaps are whole numbers. */
  private static Row area(int from, int to, int j) {
    long begin = (long) j * from;
    long end = begin + from;
    Row row = new Row();
    for (int i = (int) (begin / to); (long) i * to < end; i++) {
      long overlap = Math.min(end, (i + 1L) * to) - Math.max(begin, (long) i * to);
      row.add(i, (double) overlap / from);
    }
    return row;
  }

  /** A few neighbours, for each axis. */
  @Override
  protected long steps() {
    return 10;
  }
}
