package dev.stride.ops.gpu.internal.loss;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.DeviceOperator;
import java.util.List;

/** Registers the losses that compare whole traces for a device. */
public final class LossOperators {

  private LossOperators() {}

  /** The losses of every device. */
  static List<DeviceOperator> all(Tables tables) {
    return List.of(
        new DeviceOperator(
            device -> new EnvelopeDistance(device, tables), EnvelopeDistance::samples));
  }

  /**
   * The losses of devices that compute in float64: masses and lags of float32 would be too coarse
   * for the exactness of their gradients.
   */
  static List<DeviceOperator> ofDoubles(Tables tables) {
    return List.of(
        new DeviceOperator(device -> new TravelTime(device, tables), TravelTime::samples),
        new DeviceOperator(OptimalTransport::new, OptimalTransport::samples));
  }

  /** Registers those that the device can compute, each with its samples. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device, Tables tables) {
    all(tables).forEach(operator -> operator.register(registrar, device));
    if (device.description().doubles()) {
      ofDoubles(tables).forEach(operator -> operator.register(registrar, device));
    }
  }
}
