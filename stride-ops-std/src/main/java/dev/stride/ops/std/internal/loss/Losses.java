package dev.stride.ops.std.internal.loss;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the losses. */
public final class Losses {

  private Losses() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(L2Distance::new).samples(L2Distance::samples);
    registrar.operator(NormalisedL2::new).samples(NormalisedL2::samples);
    registrar.operator(ElementLosses::l1).samples(ElementLosses::residuals);
    registrar.operator(ElementLosses::huber).samples(() -> ElementLosses.residuals(1));
    registrar.operator(ElementLosses::studentT).samples(() -> ElementLosses.residuals(0.7));
    registrar.operator(ElementLosses::boundBarrier).samples(ElementLosses::inside);
  }
}
