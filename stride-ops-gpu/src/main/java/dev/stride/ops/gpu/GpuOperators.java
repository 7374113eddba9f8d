package dev.stride.ops.gpu;

import dev.stride.api.spi.Availability;
import dev.stride.api.spi.Diagnostic;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.GroupSizes;
import dev.stride.ops.gpu.internal.device.MemoryBudget;
import dev.stride.ops.gpu.internal.device.ProgramCache;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.linalg.LinearAlgebra;
import dev.stride.ops.gpu.internal.loss.LossOperators;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.DeviceSearch;
import dev.stride.ops.gpu.internal.operator.DeviceOperators;
import dev.stride.ops.gpu.internal.signal.SignalOperators;
import dev.stride.ops.gpu.internal.space.SpaceOperators;
import dev.stride.ops.gpu.internal.sparse.SparseOperators;
import dev.stride.ops.gpu.internal.wave.WaveOperators;
import java.util.ArrayList;
import java.util.List;

/**
 * The pack {@code stride.gpu}: operators of the standard pack on the OpenCL devices of this
 * machine, {@code opencl:0} and so on.
 *
 * <p>Unavailable, with the reason and the remedy, where there is no OpenCL, no driver or no device.
 * A device is opened when it is first used. Configuration, by entries of the engine's:
 *
 * <ul>
 *   <li>{@code stride.gpu.memory}: how much of a device's memory may be used, such as {@code 2g} or
 *       {@code 50%}; by default 80 % of a memory of its own, a quarter of one that is the host's.
 *   <li>{@code stride.gpu.cache}: the folder that compiled programs are kept in, or {@code off}; by
 *       default {@code stride/opencl} in the folder of caches, {@code $XDG_CACHE_HOME} or {@code
 *       ~/.cache}.
 *   <li>{@code stride.gpu.search}: {@code on} or {@code off}, whether the fastest sizes of groups
 *       of work items are searched for when a grid of waves is first met. By default on for devices
 *       that are no processors, where there is a folder to keep what is found.
 * </ul>
 *
 * <p>A tensor's memory goes back when nobody can reach the tensor any more, or at once by {@link
 * dev.stride.api.spi.TensorStorage#release}. When the engine closes, values can still be read.
 */
public final class GpuOperators implements OperatorPack {

  private static final String TOPIC = "opencl";

  private final List<ComputeDevice> devices = new ArrayList<>();

  /** A pack for one engine; discovery makes it. */
  public GpuOperators() {}

  @Override
  public String id() {
    return "stride.gpu";
  }

  @Override
  public Availability availability(PackContext context) {
    DeviceSearch search = DeviceSearch.run();
    String memory = context.configuration().get("memory");
    ProgramCache cache = ProgramCache.of(context.configuration().get("cache"));
    String searched = context.configuration().get("search");
    for (DeviceDescription device : search.devices()) {
      GroupSizes groups = GroupSizes.of(searched, cache, device.kind());
      devices.add(new ComputeDevice(device, MemoryBudget.of(device, memory), cache, groups));
    }
    return search.availability();
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
    for (ComputeDevice device : devices) {
      Tables tables = new Tables();
      DeviceOperators.register(registrar, device);
      SignalOperators.register(registrar, device, tables);
      SpaceOperators.register(registrar, device);
      LinearAlgebra.register(registrar, device);
      SparseOperators.register(registrar, device);
      LossOperators.register(registrar, device, tables);
      WaveOperators.register(registrar, device);
    }
  }

  @Override
  public void close() {
    devices.forEach(ComputeDevice::close);
  }
}
