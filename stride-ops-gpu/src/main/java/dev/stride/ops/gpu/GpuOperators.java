package dev.stride.ops.gpu;

import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;

/**
 * The pack {@code stride.gpu}. This version has no operators: it says so instead of pretending that
 * a device is missing, so that nobody searches for a driver in vain.
 */
public final class GpuOperators implements OperatorPack {

  /** A pack for one engine; discovery makes it. */
  public GpuOperators() {}

  @Override
  public String id() {
    return "stride.gpu";
  }

  /** Always unavailable, on every machine. */
  @Override
  public Availability availability(PackContext context) {
    return Availability.unavailable(
        "this version of stride.gpu has no OpenCL operators yet",
        "use the operators of stride.std, which run on the CPU");
  }

  @Override
  public void register(OperatorRegistrar registrar) {
    throw new IllegalStateException(
        "stride.gpu: register was called although the pack is unavailable. Ask availability"
            + " first.");
  }
}
