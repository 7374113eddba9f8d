package dev.stride.ops.std.internal.wave;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators of wave physics. */
public final class WaveOperators {

  private WaveOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(AcousticWave::new).samples(AcousticWave::samples);
  }
}
