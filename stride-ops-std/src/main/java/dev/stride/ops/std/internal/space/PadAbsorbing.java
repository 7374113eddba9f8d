package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.shape.Widths;
import dev.stride.ops.std.internal.space.AxisMatrix.Row;
import java.util.List;

/**
 * Surrounds a field by a sponge: its edge values, fading outwards.
 *
 * <p>At {@code d} points beyond an edge whose padding is {@code w} wide, computes the edge value
 * times {@code exp(-(strength d / w)^2)}, along each axis in turn, so that factors multiply in
 * corners; the taper of Cerjan et al. (1985), Geophysics 50, 705-708. Inside, {@code y = x}. For a
 * cotangent {@code g} the adjoint adds to each edge point the cotangents of its copies times the
 * same factors. For a medium, which must not fade, use {@code stride.pad-edge}: the layers of
 * {@code stride.acoustic-wave} damp by themselves.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any without an empty axis<td>any
 *   <tr><td>widths (variadic, auxiliary)<td>whole numbers, not negative: one for all sides, or a
 *       list of one per axis, or of two per axis, before and after<td>points
 *   <tr><td>strength (optional, auxiliary)<td>number, at least 0; default 2, which leaves 2 % at
 *       the outermost point<td>1
 *   <tr><td>y (output)<td>[before + extent + after, ...]<td>as x
 * </table>
 *
 * <p>Saves one weight for each line. Allocates the output and one tensor between two axes. Sums in
 * float64; results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class PadAbsorbing extends LinearOperator {

  private static final double DEFAULT_STRENGTH = 2;

  PadAbsorbing() {
    super("stride.pad-absorbing", Widths.PORT, Port.auxiliary("strength", Number.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 5)), 3),
        Sample.of(Singles.normal(Shape.of(3, 2, 4)), List.of(2, 0, 1), 0.5),
        Sample.of(Singles.normal(Shape.of(3, 4)), List.of(2, 0, 1, 3)).described("two per axis"),
        Sample.of(Singles.normal(Shape.of(1)), 4).described("one point"),
        Sample.of(Singles.normal(Shape.SCALAR), 2).described("a scalar has no sides"),
        Sample.of(Singles.normal(Shape.of(5, 4)).times(1e6), 20).described("wider than x"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3, 2)), 1).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(2, 3)).times(1e-6), 1).described("small numbers"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    double strength = call.number("strength", DEFAULT_STRENGTH);
    if (!(strength >= 0) || Double.isInfinite(strength)) {
      throw Operands.wrong(
          call,
          "`strength` is "
              + strength
              + "; it must be finite and not negative. Leave it out for "
              + DEFAULT_STRENGTH
              + ".");
    }
    return Padding.map(
        call,
        x,
        (beyond, inside, width, extent) -> {
          double depth = strength * beyond / width;
          return new Row().add(inside, Math.exp(-depth * depth));
        });
  }
}
