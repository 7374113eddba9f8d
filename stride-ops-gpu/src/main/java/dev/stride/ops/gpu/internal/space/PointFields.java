package dev.stride.ops.gpu.internal.space;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Reads fields on a device at points between nodes, and adds to fields there: transposes of each
 * other, and the derivatives of both along the positions.
 */
final class PointFields {

  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code SUM = Code.of("a + b", "a", "b");

  private final AlongAxis along;
  private final Elements elements;
  private final Reduction sums;

  PointFields(ComputeDevice device, String operator) {
    this.along = new AlongAxis(device, operator);
    this.elements = new Elements(device, operator);
    this.sums = new Reduction(device, operator);
  }

  /** From {@code [..., grid]} to {@code [..., point]}. */
  Tensor read(PointSampling points, Tensor field) {
    Tensor lines = lines(field, points.axes(), points.cells());
    return along.apply(points.weights(), lines, 1).reshape(points.values(field.shape()));
  }

  /** The transpose of {@link #read}: from {@code [..., point]} to {@code [..., grid]}. */
  Tensor add(PointSampling points, Tensor values) {
    Tensor lines = lines(values, 1, points.points());
    return along
        .apply(points.weights().transposed(), lines, 1)
        .reshape(points.field(values.shape()));
  }

  /**
   * The derivative of {@code <c, read(field)>} by the positions, {@code [point, axis]}: {@code sum
   * over the batch of c times the field's slope along the axis}.
   */
  Tensor slopes(PointSampling points, Tensor field, Tensor c) {
    try (Scratch scratch = new Scratch()) {
      Tensor slopes = scratch.keep(slopes(points, field));
      Tensor factors = c.reshape(Shape.of(slopes.shape().extent(0), points.points(), 1));
      return sums.compute(PRODUCT, without(slopes.shape(), 0), 1, List.of(slopes, factors));
    }
  }

  /** How what is read of a field changes with the positions; added to a tensor of that shape. */
  Tensor readChange(PointSampling points, Tensor field, Tensor moved, Tensor sum) {
    try (Scratch scratch = new Scratch()) {
      scratch.keep(sum);
      Tensor slopes = scratch.keep(slopes(points, field));
      Axes axes = without(slopes.shape(), 2);
      Tensor change = scratch.keep(sums.compute(PRODUCT, axes, 1, List.of(slopes, moved)));
      return elements.compute(SUM, sum.shape(), List.of(sum, change.reshape(sum.shape())));
    }
  }

  /** How fields that values were added to change with the positions; added to such a tensor. */
  Tensor addChange(PointSampling points, Tensor values, Tensor moved, Tensor sum) {
    try (Scratch scratch = new Scratch()) {
      scratch.keep(sum);
      Tensor lines = lines(values, 1, points.points());
      int batch = lines.shape().extent(0);
      Shape space = Shape.of(batch, points.points(), points.axes());
      Tensor factors = lines.reshape(Shape.of(batch, points.points(), 1));
      Tensor scaled = scratch.keep(elements.compute(PRODUCT, space, List.of(factors, moved)));
      Tensor rows = scaled.reshape(Shape.of(batch, points.points() * points.axes()));
      Tensor change = scratch.keep(along.apply(points.slopes().transposed(), rows, 1));
      return elements.compute(SUM, sum.shape(), List.of(sum, change.reshape(sum.shape())));
    }
  }

  /** {@code [batch, point, axis]}. */
  private Tensor slopes(PointSampling points, Tensor field) {
    Tensor lines = lines(field, points.axes(), points.cells());
    return along
        .apply(points.slopes(), lines, 1)
        .reshape(Shape.of(lines.shape().extent(0), points.points(), points.axes()));
  }

  /** The last axes as one, and those before them as another. */
  private static Tensor lines(Tensor x, int axes, int length) {
    int batch = 1;
    for (int axis = 0; axis < x.shape().rank() - axes; axis++) {
      batch *= x.shape().extent(axis);
    }
    return x.reshape(Shape.of(batch, length));
  }

  private static Axes without(Shape shape, int axis) {
    boolean[] removed = new boolean[shape.rank()];
    removed[axis] = true;
    return Axes.of(shape, removed, false);
  }
}
