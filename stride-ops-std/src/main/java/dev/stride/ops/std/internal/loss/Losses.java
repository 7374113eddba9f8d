package dev.stride.ops.std.internal.loss;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the losses and regularisers. */
public final class Losses {

  private Losses() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(L2Distance::new).samples(L2Distance::samples);
  }
}
