package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The envelope of traces: the magnitude of their analytic signal.
 *
 * <p>Computes {@code y = sqrt(x^2 + h^2)} with {@code h = H x}, see {@link HilbertTransform};
 * traces are taken as periodic. For a cotangent {@code g} the adjoint is {@code g x / y - H (g h /
 * y)}, with 0 for both quotients, and for their derivatives, where y is 0, a kink.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves nothing; the adjoint sees x. Results do not depend on threads. Stateless but for a
 * bounded cache of tables.
 */
public final class Envelope extends AnalyticOperator {

  /** A part of the envelope over it; 0, and with derivative 0, where the envelope is. */
  private final ElementOperator share =
      new ElementOperator(
          Formula.named("stride.envelope-share")
              .input("part")
              .input("envelope")
              .computes(
                  Expression.operand(1)
                      .ifEqual(
                          Expression.constant(0),
                          Expression.constant(0),
                          Expression.operand(0).over(Expression.operand(1)))));

  /** An operator that transforms with tables of {@code fourier}. */
  public Envelope(Fourier fourier) {
    super("stride.envelope", fourier);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(12))),
        Sample.of(Singles.normal(Shape.of(2, 3, 7))).described("odd"),
        Sample.of(Singles.normal(Shape.of(31)).times(1e6)).described("prime, large numbers"),
        Sample.of(Singles.normal(Shape.of(2, 1, 2, 9)).times(1e-6)).described("rank 4, small"),
        Sample.of(Singles.normal(Shape.of(1))).described("one sample"),
        Sample.of(Singles.normal(Shape.of(3, 8))),
        Sample.of(Singles.normal(Shape.of(0, 8))).described("no trace"));
  }

  @Override
  Tensor value(OperatorCall call, Tensor x, Tensor h) {
    return x.zip(h, Math::hypot);
  }

  @Override
  Tensor alongX(Tensor x, Tensor h) {
    return x.zip(h, (a, b) -> share(a, b));
  }

  @Override
  Tensor alongH(Tensor x, Tensor h) {
    return x.zip(h, (a, b) -> share(b, a));
  }

  private static double share(double part, double other) {
    double magnitude = Math.hypot(part, other);
    return magnitude == 0 ? 0 : part / magnitude;
  }

  @Override
  public Variable<Tensor> gradient(Variable<Tensor> x, Variable<Tensor> cotangent) {
    Variable<Tensor> h = hilbert().call(x);
    Variable<Tensor> y = call(x);
    Variable<Tensor> across = hilbert().call(cotangent.times(share.call(h, y)));
    return cotangent.times(share.call(x, y)).minus(across);
  }
}
