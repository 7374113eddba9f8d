package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An operator that devices have.
 *
 * @param constructor makes it for a device
 * @param samples what it is checked at
 */
public record DeviceOperator(
    Function<ComputeDevice, Operator<Tensor>> constructor, Supplier<List<Sample>> samples) {

  /** Registers it for a device. */
  public void register(OperatorRegistrar registrar, ComputeDevice device) {
    registrar.operator(() -> constructor.apply(device)).device(device.device()).samples(samples);
  }
}
