package dev.stride.ops.gpu.internal.sparse;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.DeviceOperator;
import java.util.List;

/** Registers the operators on sparse matrices for a device. */
public final class SparseOperators {

  static final List<DeviceOperator> ALL =
      List.of(new DeviceOperator(CsrProduct::new, CsrProduct::samples));

  private SparseOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    ALL.forEach(operator -> operator.register(registrar, device));
  }
}
