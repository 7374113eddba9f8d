package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.DeviceOperator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Registers the operators on signals for a device. */
public final class SignalOperators {

  private SignalOperators() {}

  /** The operators of one device, which share the tables of transforms. */
  static List<DeviceOperator> all(Tables tables) {
    return List.of(
        with(tables, ComplexFourier::forward, ComplexFourier::samples),
        with(tables, ComplexFourier::inverse, ComplexFourier::inverseSamples),
        with(tables, RealFourier::new, RealFourier::samples),
        with(tables, InverseRealFourier::new, InverseRealFourier::samples),
        with(tables, HilbertTransform::new, HilbertTransform::samples),
        with(tables, AnalyticOperator::envelope, AnalyticOperator::envelopeSamples),
        with(tables, AnalyticOperator::phase, AnalyticOperator::phaseSamples),
        with(tables, FourierResample::new, FourierResample::samples),
        with(tables, TimeShift::new, TimeShift::samples),
        new DeviceOperator(PolyphaseResample::new, PolyphaseResample::samples),
        new DeviceOperator(ButterworthFilter::new, ButterworthFilter::samples),
        new DeviceOperator(TimeDerivative::new, TimeDerivative::samples),
        new DeviceOperator(TimeIntegral::new, TimeIntegral::samples),
        new DeviceOperator(Windowed::new, Windowed::samples));
  }

  private static DeviceOperator with(
      Tables tables,
      BiFunction<ComputeDevice, Tables, Operator<Tensor>> constructor,
      Supplier<List<Sample>> samples) {
    return new DeviceOperator(device -> constructor.apply(device, tables), samples);
  }

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device, Tables tables) {
    all(tables).forEach(operator -> operator.register(registrar, device));
  }
}
