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
 *   <tr><td>shape (auxiliary)<td>a {@link Shape} of as many elements<td>1
 *   <tr><td>y (output)<td>shape<td>as x
 * </table>
 *
 * <p>Saves two shapes. Deterministic and stateless: one instance serves any number of concurrent
 * calls.
 */
final class Reshape extends LinearOperator {

  Reshape() {
    super("stride.reshape", Port.auxiliary("shape", Shape.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 6)), Shape.of(2, 3, 4)),
        Sample.of(Singles.normal(Shape.of(1)), Shape.SCALAR),
        Sample.of(Singles.normal(Shape.SCALAR), Shape.of(1, 1)),
        Sample.of(Singles.normal(Shape.of(7)), Shape.of(7)));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Shape shape = call.value("shape", Shape.class);
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
