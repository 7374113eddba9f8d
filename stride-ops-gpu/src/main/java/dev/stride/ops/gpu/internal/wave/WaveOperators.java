package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.gpu.internal.device.ComputeDevice;

/** Registers the operators of wave physics for a device. */
public final class WaveOperators {

  private WaveOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    registrar
        .operator(() -> new AcousticWave(device))
        .device(device.device())
        .samples(AcousticWave::samples);
  }
}
