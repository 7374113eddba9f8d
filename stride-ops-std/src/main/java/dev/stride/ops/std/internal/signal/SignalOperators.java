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
    registrar.operator(() -> Convolution.convolve(fourier)).samples(Convolution::samples);
    registrar.operator(() -> Convolution.correlate(fourier)).samples(Convolution::samples);
    registrar.operator(() -> Convolution.fir(fourier)).samples(Convolution::samplesOfFilter);
    registrar.operator(() -> new HilbertTransform(fourier)).samples(HilbertTransform::samples);
    registrar.operator(() -> new Envelope(fourier)).samples(Envelope::samples);
    registrar.operator(() -> new InstantaneousPhase(fourier)).samples(InstantaneousPhase::samples);
    registrar.operator(() -> new FourierResample(fourier)).samples(FourierResample::samples);
    registrar.operator(PolyphaseResample::new).samples(PolyphaseResample::samples);
    registrar.operator(() -> new TimeShift(fourier)).samples(TimeShift::samples);
    registrar.operator(TimeDerivative::new).samples(TimeDerivative::samples);
    registrar.operator(TimeIntegral::new).samples(TimeIntegral::samples);
    registrar.operator(Windowed::new).samples(Windowed::samples);
    registrar.operator(ButterworthFilter::new).samples(ButterworthFilter::samples);
  }
}
