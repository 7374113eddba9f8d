package dev.stride.ops.std.internal.signal;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.operator.Work;

/**
 * A function {@code y = f(x, h)} of each sample of traces and of their {@linkplain HilbertTransform
 * Hilbert transform} {@code h = H x}.
 *
 * <p>For a cotangent {@code g} the adjoint is {@code g df/dx - H (g df/dh)}, as H is antisymmetric.
 * Saves nothing; the adjoint sees x and transforms it again.
 */
abstract class AnalyticOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final Fourier fourier;
  private final Signature signature;

  AnalyticOperator(String name, Fourier fourier) {
    this.fourier = fourier;
    this.signature = Signature.named(name).input("x").output("y").build();
  }

  /** The value for all samples; may refuse the arguments. */
  abstract Tensor value(OperatorCall call, Tensor x, Tensor h);

  /** The slope along x for all samples. */
  abstract Tensor alongX(Tensor x, Tensor h);

  /** The slope along h for all samples. */
  abstract Tensor alongH(Tensor x, Tensor h);

  /** The Hilbert transform as an operator on variables. */
  final HilbertTransform hilbert() {
    return new HilbertTransform(fourier);
  }

  /** The envelope as an operator on variables. */
  final Envelope envelope() {
    return new Envelope(fourier);
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  private Tensor transform(Tensor x, int sign, Parallel parallel) {
    return Analytic.imaginary(fourier, x, sign, parallel);
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Signals.checkTime(call, "x", x.shape());
    return Outputs.of(value(call, x, transform(x, 1, call.parallel())));
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Parallel parallel = call.parallel();
    Tensor x = call.tensor("x");
    Tensor h = transform(x, 1, parallel);
    Tensor direct = times(call.cotangent(), alongX(x, h), parallel);
    Tensor across = times(call.cotangent(), alongH(x, h), parallel);
    return Gradients.of(
        Elementwise.zip(Arithmetic.ADD, direct, transform(across, -1, parallel), parallel));
  }

  private static Tensor times(Tensor a, Tensor b, Parallel parallel) {
    return Elementwise.zip(Arithmetic.MULTIPLY, a, b, parallel);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Parallel parallel = call.parallel();
    Tensor x = call.tensor("x");
    Tensor h = transform(x, 1, parallel);
    Tensor direction = call.direction("x");
    Tensor direct = times(direction, alongX(x, h), parallel);
    Tensor across = times(transform(direction, 1, parallel), alongH(x, h), parallel);
    return Outputs.of(Elementwise.zip(Arithmetic.ADD, direct, across, parallel));
  }

  @Override
  public final Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 60);
  }
}
