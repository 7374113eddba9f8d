package dev.stride.ops.gpu.internal.space;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.DeviceOperator;
import java.util.List;

/** Registers the operators on fields between the nodes of grids for a device. */
public final class SpaceOperators {

  static final List<DeviceOperator> ALL =
      List.of(
          new DeviceOperator(Interpolate::new, Interpolate::samples),
          new DeviceOperator(Inject::new, Inject::samples));

  private SpaceOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    ALL.forEach(operator -> operator.register(registrar, device));
  }
}
