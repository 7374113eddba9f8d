package dev.stride.ops.std.internal.signal;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.std.internal.fft.Fourier;

/** Registers the operators on signals. */
public final class SignalOperators {

  private SignalOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    Fourier fourier = new Fourier();
    registrar.operator(() -> new ComplexFourier(fourier, false)).samples(ComplexFourier::samples);
    registrar.operator(() -> new ComplexFourier(fourier, true)).samples(ComplexFourier::samples);
    registrar.operator(() -> new RealFourier(fourier)).samples(RealFourier::samples);
    registrar.operator(() -> new InverseRealFourier(fourier)).samples(InverseRealFourier::samples);
    registrar.operator(ButterworthFilter::new).samples(ButterworthFilter::samples);
  }
}
