package dev.stride.ops.std.internal.space;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * A field times a mask that has no gradient: what lies outside of a region counts for nothing.
 *
 * <p>Computes {@code y = mask * x}, and 0 where the mask is 0, even if x is not finite there. For a
 * cotangent {@code g} the adjoint is {@code mask * g} in the same way, summed over the axes along
 * which x was repeated. Masks may be soft: any number counts as a weight.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any, typically [..., y, x]<td>any
 *   <tr><td>mask (auxiliary)<td>one that broadcasts with that of x, typically [y, x]<td>1
 *   <tr><td>y (output)<td>the common shape<td>as x
 * </table>
 *
 * <p>Keeps the mask. Deterministic and stateless: one instance serves any number of concurrent
 * calls.
 */
final class Mask {

  private Mask() {}

  static ElementOperator operator() {
    Expression mask = Expression.operand(1);
    return new ElementOperator(
        Formula.named("stride.mask")
            .input("x")
            .auxiliary("mask")
            .linearIn("x")
            .computes(mask.ifEqual(constant(0), constant(0), Expression.operand(0).times(mask))));
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(4, 7)),
        of(Shape.of(3, 4, 7), Shape.of(4, 7)).described("one mask for all"),
        of(Shape.of(5), Shape.SCALAR),
        of(Shape.of(1), Shape.of(1)),
        of(Shape.SCALAR, Shape.of(3)).described("a number spread over a mask"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6), soft(Shape.of(31))).described("soft"),
        of(Shape.of(2, 1, 3, 2), Shape.of(3, 2)).described("rank 4"),
        of(Shape.of(0, 3), Shape.of(3)).described("empty"),
        Sample.of(Singles.normal(Shape.of(5)).times(1e-6), soft(Shape.of(5)))
            .described("small numbers"));
  }

  private static Sample of(Shape x, Shape mask) {
    return Sample.of(Singles.normal(x), soft(mask).map(Math::signum));
  }

  /** Some zeros, and one in front for the smallest. */
  private static Tensor soft(Shape shape) {
    return Tensor.random(shape, DataType.FLOAT64, 40).map(v -> Math.max(0, v + 0.5));
  }
}
