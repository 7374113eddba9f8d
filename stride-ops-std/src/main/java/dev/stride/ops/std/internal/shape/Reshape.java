package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The same elements, in row-major order, under another shape.
 *
 * <p>The adjoint gives the cotangent the shape of {@code x}. Neither copies elements.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>shape (auxiliary)<td>a {@link Shape} of as many elements; or a list of extents, of
 *       which one may be -1: as many as are left<td>1
 *   <tr><td>y (output)<td>shape<td>as x
 * </table>
 *
 * <p>Saves two shapes. Deterministic and stateless: one instance serves any number of concurrent
 * calls.
 */
final class Reshape extends LinearOperator {

  Reshape() {
    super("stride.reshape", Port.auxiliary("shape", Object.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 6)), Shape.of(2, 3, 4)),
        Sample.of(Singles.normal(Shape.of(1)), Shape.SCALAR),
        Sample.of(Singles.normal(Shape.SCALAR), Shape.of(1, 1)),
        Sample.of(Singles.normal(Shape.of(7)), Shape.of(7)),
        Sample.of(Singles.normal(Shape.of(3, 4, 5)), List.of(5, -1)).described("one extent left"),
        Sample.of(Singles.normal(Shape.of(0, 6)), Shape.of(2, 0, 3)).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 3, 1, 2)), Shape.of(12)).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e6), Shape.of(3, 2))
            .described("large numbers"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), Shape.of(3, 2))
            .described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Shape shape = shape(x, call);
    if (shape.size() != x.size()) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and "
              + x.size()
              + " elements, but `shape` is "
              + shape
              + " and has "
              + shape.size()
              + ". Give a shape of as many elements.");
    }
    return new Reshaped(x, shape);
  }

  private static Shape shape(Shape x, OperatorCall call) {
    List<Object> given = call.values("shape", Object.class);
    if (given.size() == 1 && given.getFirst() instanceof Shape shape) {
      return shape;
    }
    int[] extents = new int[given.size()];
    int open = -1;
    int known = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = extent(call, given.get(axis));
      if (extents[axis] >= 0) {
        known = Math.multiplyExact(known, extents[axis]);
      } else if (open < 0) {
        open = axis;
      } else {
        throw Operands.wrong(call, "`shape` is " + given + "; only one extent can be left open.");
      }
    }
    if (open >= 0) {
      extents[open] = left(x, known, given, call);
    }
    return Shape.of(extents);
  }

  private static int extent(OperatorCall call, Object given) {
    if (!(given instanceof Number number)) {
      throw Operands.wrong(
          call,
          "`shape` has a "
              + given.getClass().getSimpleName()
              + "; give a Shape or a list of whole numbers.");
    }
    int extent = Indices.whole(call, "shape", number);
    if (extent < -1) {
      throw Operands.wrong(
          call, "`shape` has " + extent + "; an extent is 0 or more, or -1 for what is left.");
    }
    return extent;
  }

  private static int left(Shape x, int known, List<Object> given, OperatorCall call) {
    if (known == 0 || x.size() % known != 0) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " and "
              + x.size()
              + " elements, which `shape` = "
              + given
              + " cannot hold with any extent for -1. Give extents whose product divides "
              + x.size()
              + ".");
    }
    return x.size() / known;
  }

  private record Reshaped(Shape from, Shape to) implements LinearMap {
    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return x.reshape(to);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return cotangent.reshape(from);
    }
  }
}
