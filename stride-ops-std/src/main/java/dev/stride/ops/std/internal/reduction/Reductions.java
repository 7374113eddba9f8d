package dev.stride.ops.std.internal.reduction;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the reductions. */
public final class Reductions {

  private Reductions() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(Sum::new).samples(Sum::samples);
    registrar.operator(Mean::new).samples(Mean::samples);
    registrar.operator(Dot::new).samples(Dot::samples);
  }
}
