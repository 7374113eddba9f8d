package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Region;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Operands;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors side by side along an axis, and the whole that they make. Immutable.
 *
 * @param whole the whole's shape
 * @param axis along which they stand
 * @param regions where each tensor is in it
 */
record Joint(Shape whole, int axis, List<Region> regions) implements Saved {

  Joint {
    regions = List.copyOf(regions);
  }

  /** The joint of tensors of these shapes, checked. */
  static Joint of(List<Shape> shapes, OperatorCall call) {
    if (shapes.isEmpty()) {
      throw Operands.wrong(call, "`inputs` is empty. Give at least one tensor.");
    }
    Shape first = shapes.getFirst();
    int axis = Indices.axis(call, "inputs[0]", first);
    int extent = 0;
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      if (shape.rank() != first.rank()
          || !Shapes.with(shape, axis, first.extent(axis)).equals(first)) {
        throw new IllegalArgumentException(
            Operands.shapes(call, "inputs[0]", first, "inputs[" + i + "]", shape)
                + "; all extents but that of axis "
                + axis
                + " must be equal. Crop, pad or reshape one of them.");
      }
      extent = Math.addExact(extent, shape.extent(axis));
    }
    return of(
        Shapes.with(first, axis, extent), axis, shapes.stream().map(s -> s.extent(axis)).toList());
  }

  /** The division of a whole into parts of these extents along an axis. */
  static Joint of(Shape whole, int axis, List<Integer> extents) {
    List<Region> regions = new ArrayList<>();
    int from = 0;
    for (int extent : extents) {
      regions.add(Region.along(whole, axis, from, extent));
      from += extent;
    }
    return new Joint(whole, axis, regions);
  }

  /** The whole that these parts make. */
  Tensor join(List<Tensor> parts) {
    Object out = HeapArray.zeros(parts.getFirst().dataType(), whole.size());
    for (int i = 0; i < parts.size(); i++) {
      regions.get(i).write(HeapArray.of(parts.get(i)), out);
    }
    return HeapArray.adopt(whole, out);
  }

  /** One part of a whole. */
  Tensor part(Tensor joined, int i) {
    Region region = regions.get(i);
    Object out = HeapArray.zeros(joined.dataType(), region.part().size());
    region.read(HeapArray.of(joined), out);
    return HeapArray.adopt(region.part(), out);
  }

  /** One part, of extent 1 along the axis, without it. */
  Tensor slab(Tensor joined, int i) {
    Tensor part = part(joined, i);
    int[] extents = new int[whole.rank() - 1];
    for (int k = 0; k < extents.length; k++) {
      extents[k] = whole.extent(k < axis ? k : k + 1);
    }
    return part.reshape(Shape.of(extents));
  }

  @Override
  public long bytes() {
    return 0;
  }
}
