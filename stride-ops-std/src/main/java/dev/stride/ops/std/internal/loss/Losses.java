package dev.stride.ops.std.internal.loss;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.std.internal.fft.Fourier;

/** Registers the losses. */
public final class Losses {

  private Losses() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    Fourier fourier = new Fourier();
    registrar.operator(L2Distance::new).samples(L2Distance::samples);
    registrar.operator(NormalisedL2::new).samples(NormalisedL2::samples);
    registrar.operator(() -> new EnvelopeDistance(fourier)).samples(EnvelopeDistance::samples);
    registrar.operator(() -> new TravelTime(fourier)).samples(TravelTime::samples);
    registrar.operator(CorrelationDistance::new).samples(CorrelationDistance::samples);
    registrar.operator(OptimalTransport::new).samples(OptimalTransport::samples);
    registrar.operator(ElementLosses::l1).samples(ElementLosses::residuals);
    registrar.operator(ElementLosses::huber).samples(() -> ElementLosses.residuals(1));
    registrar.operator(ElementLosses::studentT).samples(() -> ElementLosses.residuals(0.7));
    registrar.operator(ElementLosses::boundBarrier).samples(ElementLosses::inside);
  }
}
