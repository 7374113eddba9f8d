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
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.operator.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return Outputs.of(of(call, x));
  }

  /** The function of all samples, which a call of this or another operator needs. */
  public final Tensor of(OperatorCall call, Tensor x) {
    return value(call, x, transform(x, 1, call.parallel()));
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    return Gradients.of(gradient(call, call.tensor("x"), call.cotangent()));
  }

  /** The gradient along x for a cotangent of the function. */
  public final Tensor gradient(OperatorCall call, Tensor x, Tensor cotangent) {
    Parallel parallel = call.parallel();
    Tensor h = transform(x, 1, parallel);
    Tensor direct = times(cotangent, alongX(x, h), parallel);
    Tensor across = times(cotangent, alongH(x, h), parallel);
    return Elementwise.zip(Arithmetic.ADD, direct, transform(across, -1, parallel), parallel);
  }

  private static Tensor times(Tensor a, Tensor b, Parallel parallel) {
    return Elementwise.zip(Arithmetic.MULTIPLY, a, b, parallel);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    return Outputs.of(change(call, call.tensor("x"), call.direction("x")));
  }

  /** The change of the function along a direction of x. */
  public final Tensor change(OperatorCall call, Tensor x, Tensor direction) {
    Parallel parallel = call.parallel();
    Tensor h = transform(x, 1, parallel);
    Tensor direct = times(direction, alongX(x, h), parallel);
    Tensor across = times(transform(direction, 1, parallel), alongH(x, h), parallel);
    return Elementwise.zip(Arithmetic.ADD, direct, across, parallel);
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(gradient(call.input("x"), call.cotangent("y", Tensor.class)));
  }

  /** The gradient along x for a cotangent of the function, on variables. */
  public abstract Variable<Tensor> gradient(Variable<Tensor> x, Variable<Tensor> cotangent);

  @Override
  public final Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 60);
  }
}
