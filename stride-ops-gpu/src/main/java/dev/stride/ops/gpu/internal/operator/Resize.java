package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field on a grid of other extents, along the last axes of a tensor, on a device; of ports and
 * meaning as {@code stride.resize} of the standard pack. The adjoint takes the transposed weights.
 * Saves the weights. Stateless.
 */
final class Resize extends LinearOperator {

  private final AlongAxis along;

  Resize(ComputeDevice device) {
    super(
        "stride.resize",
        device,
        Port.auxiliary("shape", Shape.class),
        Port.auxiliary("kind", String.class).optional());
    this.along = new AlongAxis(device, "stride.resize");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(5, 7), 23), Shape.of(8, 4)),
        Sample.of(Domain.ALL.of(Shape.of(2, 5, 7), 23), Shape.of(8, 4), "area")
            .described("area, last axes"));
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
    List<Optional<SparseMatrix>> matrices = new ArrayList<>();
    for (int k = 0; k < shape.rank(); k++) {
      int from = x.extent(x.rank() - shape.rank() + k);
      int to = shape.extent(k);
      if (from == 0 && to > 0) {
        throw Operands.wrong(
            call, "`x` has shape " + x + ", from which no points can be made. Give at least one.");
      }
      matrices.add(
          Optional.of(
              SparseMatrix.of(to, from, j -> area ? area(from, to, j) : linear(from, to, j))));
    }
    return new AxisMatrices(along, x.rank(), matrices);
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
}
