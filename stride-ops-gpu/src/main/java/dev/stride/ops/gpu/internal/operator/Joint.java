package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.List;

/**
 * Tensors side by side along an axis, and the whole that they make. Immutable.
 *
 * @param whole the whole's shape
 * @param axis along which they stand
 * @param extents of each along the axis
 */
record Joint(Shape whole, int axis, List<Integer> extents) implements Saved {

  Joint {
    extents = List.copyOf(extents);
  }

  /** The joint of tensors of these shapes, checked. */
  static Joint of(List<Tensor> tensors, OperatorCall call) {
    if (tensors.isEmpty()) {
      throw Operands.wrong(call, "`inputs` is empty. Give at least one tensor.");
    }
    Shape first = tensors.getFirst().shape();
    int axis = Indices.axis(call, "inputs[0]", first);
    int extent = 0;
    for (int i = 0; i < tensors.size(); i++) {
      Shape shape = tensors.get(i).shape();
      if (shape.rank() != first.rank() || !with(shape, axis, first.extent(axis)).equals(first)) {
        throw Operands.wrong(
            call,
            Operands.shapes("inputs[0]", tensors.getFirst(), "inputs[" + i + "]", tensors.get(i))
                + "; all extents but that of axis "
                + axis
                + " must be equal. Crop, pad or reshape one of them.");
      }
      extent = Math.addExact(extent, shape.extent(axis));
    }
    return new Joint(
        with(first, axis, extent),
        axis,
        tensors.stream().map(tensor -> tensor.shape().extent(axis)).toList());
  }

  private static Shape with(Shape shape, int axis, int extent) {
    int[] extents = shape.toArray();
    extents[axis] = extent;
    return Shape.of(extents);
  }

  private int offset(int part) {
    int before = extents.subList(0, part).stream().mapToInt(Integer::intValue).sum();
    return before * Views.rowMajor(whole)[axis];
  }

  private Shape shape(int part) {
    return with(whole, axis, extents.get(part));
  }

  /** The whole that these parts make, of as many elements as their places. */
  Tensor join(List<Tensor> parts, Views views, ComputeDevice device, String operator) {
    Tensor out = device.allocate(whole, parts.getFirst().dataType(), operator + " " + whole);
    for (int i = 0; i < parts.size(); i++) {
      views.put(parts.get(i).reshape(shape(i)), out, offset(i), Views.rowMajor(whole));
    }
    return out;
  }

  /** One part of a whole. */
  Tensor part(Tensor joined, int i, Views views) {
    return views.copy(joined, shape(i), offset(i), Views.rowMajor(whole));
  }

  @Override
  public long bytes() {
    return 0;
  }
}
