package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.operator.BilinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Pairs;
import java.util.List;

/**
 * Element-wise product, broadcast as NumPy does.
 *
 * <p>Computes {@code y = a * b}. For a cotangent {@code g} the adjoint is {@code g * b} for {@code
 * a} and {@code g * a} for {@code b}, each summed over the axes along which that input was
 * repeated.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>any<td>any
 *   <tr><td>b<td>one that broadcasts with that of a: aligned at the last axis, extents are equal or
 *       one of them is 1<td>any
 *   <tr><td>y (output)<td>the common shape<td>unit of a times unit of b
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. Sums accumulate in float64 in a fixed order,
 * so results do not depend on threads. Stateless: one instance serves any number of concurrent
 * calls.
 */
final class Multiply extends BilinearOperator {

  Multiply() {
    super("stride.multiply");
  }

  static List<Sample> samples() {
    return Pairs.samplesOfProducts();
  }

  @Override
  protected void check(OperatorCall call, Tensor a, Tensor b) {
    Operands.fit(call, "a", a, "b", b);
  }

  @Override
  protected Tensor product(Tensor a, Tensor b, Parallel parallel) {
    return Elementwise.zip(Arithmetic.MULTIPLY, a, b, parallel);
  }

  @Override
  protected Tensor towardsA(Tensor cotangent, Tensor b, Shape a, Parallel parallel) {
    return Reduction.sumTo(product(cotangent, b, parallel), a, parallel);
  }

  @Override
  protected Tensor towardsB(Tensor cotangent, Tensor a, Shape b, Parallel parallel) {
    return towardsA(cotangent, a, b, parallel);
  }

  @Override
  protected long work(Shape a, Shape b) {
    return Math.max(a.size(), b.size());
  }
}
