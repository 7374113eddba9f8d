package dev.stride.ops.std.internal.signal;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators on signals. */
public final class SignalOperators {

  private SignalOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(ButterworthFilter::new).samples(ButterworthFilter::samples);
  }
}
