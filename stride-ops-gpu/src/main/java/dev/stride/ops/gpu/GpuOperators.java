package dev.stride.ops.gpu;

import dev.stride.api.spi.Availability;
import dev.stride.api.spi.Diagnostic;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.DeviceSearch;
import java.util.ArrayList;
import java.util.List;

/**
 * The pack {@code stride.gpu}. This version finds devices, and has no operators for them yet: it
 * says so, and what keeps a device from being found.
 */
public final class GpuOperators implements OperatorPack {

  private static final String TOPIC = "opencl";

  /** A pack for one engine; discovery makes it. */
  public GpuOperators() {}

  @Override
  public String id() {
    return "stride.gpu";
  }

  /** Unavailable where there is no OpenCL, no driver or no device, and until it has operators. */
  @Override
  public Availability availability(PackContext context) {
    DeviceSearch search = DeviceSearch.run();
    return search.devices().isEmpty()
        ? search.availability()
        : Availability.unavailable(
            "this version of stride.gpu has no OpenCL operators yet",
            "use the operators of stride.std, which run on the CPU");
  }

  @Override
  public List<Diagnostic> diagnose() {
    DeviceSearch search = DeviceSearch.run();
    List<Diagnostic> seen = new ArrayList<>();
    for (DeviceDescription device : search.devices()) {
      seen.add(new Diagnostic(TOPIC, device.toString(), device.remedy().orElse("")));
    }
    search
        .problems()
        .forEach(problem -> seen.add(new Diagnostic(TOPIC, problem.what(), problem.remedy())));
    return seen;
  }

  @Override
  public void register(OperatorRegistrar registrar) {
    throw new IllegalStateException(
        "stride.gpu: register was called although the pack is unavailable. Ask availability"
            + " first.");
  }
}
