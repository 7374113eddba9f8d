package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Registers a device, its tensors and its operators. */
public final class DeviceOperators {

  private DeviceOperators() {}

  /** Registers everything of a device. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    registrar.device(device.device());
    registrar.vectorSpace(new DeviceSpace(device));
    for (Formulas entry : Formulas.ALL) {
      registrar
          .operator(() -> new ElementOperator(entry.formula(), device))
          .device(device.device())
          .samples(entry.samples());
    }
    register(registrar, device, Total::sum, Total::samples);
    register(registrar, device, Total::mean, Total::samples);
    register(registrar, device, Dot::new, Dot::samples);
    register(registrar, device, L2Distance::new, L2Distance::samples);
    register(registrar, device, Reshape::new, Reshape::samples);
    register(registrar, device, Broadcast::new, Broadcast::samples);
    register(registrar, device, Reordering::transpose, Reordering::transposeSamples);
    register(registrar, device, Reordering::flip, Reordering::flipSamples);
  }

  private static void register(
      OperatorRegistrar registrar,
      ComputeDevice device,
      Function<ComputeDevice, Operator<Tensor>> constructor,
      Supplier<List<Sample>> samples) {
    registrar.operator(() -> constructor.apply(device)).device(device.device()).samples(samples);
  }
}
