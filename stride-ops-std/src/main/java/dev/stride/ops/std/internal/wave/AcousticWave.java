package dev.stride.ops.std.internal.wave;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Acoustic wave propagation of one shot, in 2D or 3D at constant density.
 *
 * <p>The pressure obeys {@code (1 + s dt) p[n+1] = (2 - s^2 dt^2) p[n] - (1 - s dt) p[n-1] + dt^2
 * v^2 (L p[n] + sum_k w_k q_k[n] / h^d)}, with {@code p} zero before the start and outside the
 * grid. {@code L} is the central difference of the given order, {@code w_k} are the bilinear or
 * trilinear weights of source {@code k}, and sample {@code n} of a trace is the same interpolation
 * of {@code p[n]}. The profile {@code s} is zero inside and rises with the square of the depth in
 * the absorbing layer; it does not depend on the velocity.
 *
 * <p>The adjoint is the exact transpose of these steps: {@code dJ/dv = 2/v sum_n (L p[n] +
 * source[n]) m[n+1]}, where {@code m} marches back by the same equation, driven by the cotangents;
 * {@code dJ/dq_k[n]} is {@code m[n+1]} at source {@code k} over {@code h^d}. The gradient covers
 * the whole model, layers and source nodes included, and carries the energy {@code sum_n (L p[n] +
 * source[n])^2} as its preconditioner.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>velocity<td>[y, x] or [z, y, x], absorbing layers included<td>m/s
 *   <tr><td>wavelets<td>[source, time]<td>Pa m^(d-2)
 *   <tr><td>sources (auxiliary)<td>[source, dimension], from node 0<td>m
 *   <tr><td>receivers (auxiliary)<td>[receiver, dimension], from node 0<td>m
 *   <tr><td>spacing (auxiliary)<td>number<td>m
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>absorbing (auxiliary, optional: 0)<td>whole number<td>nodes on each side
 *   <tr><td>order (auxiliary, optional: 10)<td>2, 4, 6, 8 or 10<td>
 *   <tr><td>referenceSpeed (auxiliary, optional: 1500), sets the layer's strength<td>number<td>m/s
 *   <tr><td>traces (output)<td>[receiver, time]<td>Pa
 * </table>
 *
 * <p>A step that is not stable, a velocity that is not positive, and a source or receiver outside
 * the grid are errors; a grid too coarse for the wavelets is a warning with the figure, once for
 * each discretisation. Where the gradient of the velocity is needed, saves {@code L p[n] +
 * source[n]} of every step. Rows are shared within the engine's pool, and results are bitwise the
 * same for any number of threads. Concurrent calls are independent.
 *
 * <p>Derived in docs/math/acoustic-wave.md.
 */
final class AcousticWave implements BlockingOperator<Tensor>, TangentOperator<Tensor> {

  private static final double REFERENCE_SPEED = 1500;

  private static final Signature SIGNATURE =
      Signature.named("stride.acoustic-wave")
          .input("velocity")
          .input("wavelets")
          .auxiliary("sources", Tensor.class)
          .auxiliary("receivers", Tensor.class)
          .auxiliary("spacing", Double.class)
          .auxiliary("timeStep", Double.class)
          .input(Port.auxiliary("absorbing", Integer.class).optional())
          .input(Port.auxiliary("order", Integer.class).optional())
          .input(Port.auxiliary("referenceSpeed", Double.class).optional())
          .output("traces")
          .linearIn("wavelets")
          .adjointNeeds()
          .build();

  private final ArrayPool pool = new ArrayPool();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  static List<Sample> samples() {
    return AcousticWaveSamples.all();
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    WaveProblem problem = problem(call);
    Tensor wavelets = wavelets(call);
    boolean needsHistory = call.records() && call.needsGrad("velocity");
    int samples = wavelets.shape().extent(1);
    Shot<?> shot = Shot.of(problem, KernelProvider.best(), samples, needsHistory ? pool : null);
    try {
      Tensor traces = shot.forward(wavelets, call.parallel(), call.cancellation());
      return Outputs.of(traces).saving(shot);
    } catch (Throwable failure) {
      shot.close();
      throw failure;
    }
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Shot<?> shot = call.saved(Shot.class);
    WaveGradients gradients = shot.adjoint(call.cotangent(), call.parallel(), call.cancellation());
    Gradients result = Gradients.of(gradients.velocity(), gradients.wavelets());
    return gradients.energy() == null
        ? result
        : result.preconditioner("velocity", gradients.energy());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Propagator<?> propagator = Propagator.of(problem(call), KernelProvider.best());
    return Outputs.of(
        propagator.tangent(
            wavelets(call),
            call.isZero("velocity") ? null : call.direction("velocity"),
            call.isZero("wavelets") ? null : call.direction("wavelets"),
            call.parallel(),
            call.cancellation()));
  }

  private WaveProblem problem(OperatorCall call) {
    Tensor velocity = call.tensor("velocity");
    WaveGrid grid = new WaveGrid(velocity.shape(), call.number("spacing"));
    double speed = call.number("referenceSpeed", REFERENCE_SPEED);
    WaveProblem problem =
        new WaveProblem(
            grid,
            new Stencil(call.integer("order", Stencil.DEFAULT_ORDER)),
            velocity,
            call.tensor("sources"),
            call.tensor("receivers"),
            call.number("timeStep"),
            new AbsorbingLayer(grid, call.integer("absorbing", 0), speed));
    WaveChecks.requirePositive(grid, velocity);
    WaveChecks.requireStable(problem);
    WaveChecks.requireWavelets(problem, wavelets(call));
    WaveChecks.coarseSampling(problem, wavelets(call)).ifPresent(this::warnOnce);
    return problem;
  }

  private static Tensor wavelets(OperatorCall call) {
    return call.tensor("wavelets");
  }

  private void warnOnce(CoarseSampling finding) {
    if (warned.add(finding.discretisation())) {
      System.getLogger("dev.stride.ops.std").log(Level.WARNING, finding.text());
    }
  }
}
