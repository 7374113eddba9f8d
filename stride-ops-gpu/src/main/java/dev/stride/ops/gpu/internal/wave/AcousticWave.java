package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Acoustic wave propagation of one shot, in 2D or 3D at constant density, on a device; of ports,
 * options, errors and meaning as {@code stride.acoustic-wave} of the standard pack.
 *
 * <p>Forward and adjoint hand all their steps over and return while the device computes; they read
 * the velocity and the wavelets for their checks, and wait for those. Where the gradient of the
 * velocity is needed, what is saved stays on the device as far as its budget goes; earlier steps go
 * to the host. Results are the same bits in every run on one device. Concurrent calls are
 * independent and take turns in the queue.
 *
 * <p>Derived in docs/math/acoustic-wave.md.
 */
final class AcousticWave implements DeviceCode {

  private static final double REFERENCE_SPEED = 1500;

  private static final Signature SIGNATURE =
      Signature.named(WaveKernels.OPERATOR)
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

  private final ComputeDevice device;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  AcousticWave(ComputeDevice device) {
    this.device = device;
  }

  static List<Sample> samples() {
    return AcousticWaveSamples.all();
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  /** It waits for its inputs, and for the device where that is far behind. */
  @Override
  public Weight weight(OperatorCall call) {
    return Weight.BLOCKING;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Propagator propagator = propagator(call);
    Tensor wavelets = call.tensor("wavelets");
    boolean needsHistory = call.records() && call.needsGrad("velocity");
    int samples = wavelets.shape().extent(1);
    Shot shot = new Shot(propagator, needsHistory ? history(propagator, samples) : null);
    try {
      return Outputs.of(shot.forward(wavelets, call.cancellation())).saving(shot);
    } catch (Throwable failure) {
      shot.close();
      throw failure;
    }
  }

  private static History history(Propagator propagator, int samples) {
    return propagator.history(samples, History.CHUNK_BYTES);
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Shot shot = call.saved(Shot.class);
    WaveGradients gradients = shot.adjoint(call.cotangent(), call.cancellation());
    Gradients result = Gradients.of(gradients.velocity(), gradients.wavelets());
    return gradients.energy() == null
        ? result
        : result.preconditioner("velocity", gradients.energy());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    try (Propagator propagator = propagator(call)) {
      return Outputs.of(
          propagator.tangent(
              call.tensor("wavelets"),
              call.isZero("velocity") ? null : call.direction("velocity"),
              call.isZero("wavelets") ? null : call.direction("wavelets"),
              call.cancellation()));
    }
  }

  /** Checks the arguments on the heap, and prepares the shot on the device. */
  private Propagator propagator(OperatorCall call) {
    Tensor there = call.tensor("velocity");
    Tensor velocity = there.toHeap();
    Tensor wavelets = call.tensor("wavelets").toHeap();
    WaveGrid grid = new WaveGrid(velocity.shape(), call.number("spacing"));
    double speed = call.number("referenceSpeed", REFERENCE_SPEED);
    WaveProblem problem =
        new WaveProblem(
            grid,
            new Stencil(call.integer("order", Stencil.DEFAULT_ORDER)),
            velocity,
            call.tensor("sources").toHeap(),
            call.tensor("receivers").toHeap(),
            call.number("timeStep"),
            new AbsorbingLayer(grid, call.integer("absorbing", 0), speed));
    WaveChecks.requirePositive(grid, velocity);
    WaveChecks.requireStable(problem);
    WaveChecks.requireWavelets(problem, wavelets);
    WaveChecks.coarseSampling(problem, wavelets).ifPresent(this::warnOnce);
    return new Propagator(device, problem, there);
  }

  private void warnOnce(CoarseSampling finding) {
    if (warned.add(finding.discretisation())) {
      System.getLogger("dev.stride.ops.gpu").log(Level.WARNING, finding.text());
    }
  }
}
