package dev.stride.ops.std.internal.space;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators on fields in space. */
public final class SpaceOperators {

  private SpaceOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(GaussianSmooth::new).samples(GaussianSmooth::samples);
  }
}
