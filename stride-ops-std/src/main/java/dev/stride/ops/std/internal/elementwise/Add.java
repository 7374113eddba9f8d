package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.operator.Pairs;
import java.util.List;

/**
 * Element-wise sum, broadcast as NumPy does.
 *
 * <p>Computes {@code y = a + b}. For a cotangent {@code g} the adjoint is {@code g} for both
 * inputs, each summed over the axes along which that input was repeated.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>any<td>any
 *   <tr><td>b<td>one that broadcasts with that of a: aligned at the last axis, extents are equal or
 *       one of them is 1<td>as a
 *   <tr><td>y (output)<td>the common shape<td>as a
 * </table>
 *
 * <p>Saves two shapes. Sums accumulate in float64 in a fixed order, so results do not depend on
 * threads. Stateless: one instance serves any number of concurrent calls.
 */
final class Add extends Additive {

  Add() {
    super("stride.add", Arithmetic.ADD);
  }

  static List<Sample> samples() {
    return Pairs.samples();
  }
}
