package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Pairs;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * All products of an element of one tensor and an element of another: {@code numpy.multiply.outer}.
 *
 * <p>Computes {@code y[i..., j...] = a[i...] b[j...]}. For a cotangent {@code g} the adjoint is
 * {@code sum_j g[i..., j...] b[j...]} for {@code a} and {@code sum_i g[i..., j...] a[i...]} for
 * {@code b}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>any<td>any
 *   <tr><td>b<td>any<td>any
 *   <tr><td>y (output)<td>the extents of a and then those of b<td>unit of a times unit of b
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. Summed as in stride.matmul. Stateless: one
 * instance serves any number of concurrent calls.
 */
final class Outer extends MatrixOperator {

  Outer() {
    super("stride.outer", "a", "b");
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(4), Shape.of(7)),
        of(Shape.of(2, 3), Shape.of(2)).described("a matrix and a vector"),
        of(Shape.SCALAR, Shape.of(3)).described("a scalar on the left"),
        of(Shape.of(2, 2), Shape.of(1, 3)).described("two matrices"),
        of(Shape.of(1), Shape.of(1)).described("one element"),
        Sample.of(
                Singles.normal(Shape.of(5)).times(1e6), Pairs.positive(Shape.of(3), 26).times(1e-3))
            .described("ill-scaled"),
        of(Shape.of(2, 1, 2), Shape.of(3)),
        of(Shape.of(1, 2, 1, 2), Shape.of(2)),
        of(Shape.of(0), Shape.of(3)).described("empty"),
        Sample.of(Singles.normal(Shape.of(3)).times(1e-6), Pairs.positive(Shape.of(2), 26))
            .described("small numbers"));
  }

  private static Sample of(Shape a, Shape b) {
    return Sample.of(Singles.normal(a), Pairs.positive(b, 26));
  }

  @Override
  protected void check(OperatorCall call, Tensor a, Tensor b) {
    // All shapes go together.
  }

  @Override
  Shape left(Shape a) {
    return Shape.of(a.size(), 1);
  }

  @Override
  Shape right(Shape b) {
    return Shape.of(1, b.size());
  }

  @Override
  Shape result(Shape a, Shape b) {
    return Stacks.with(a, b.toArray());
  }
}
