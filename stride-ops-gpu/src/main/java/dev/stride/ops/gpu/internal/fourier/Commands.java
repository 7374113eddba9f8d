package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The commands of one transform, which are handed over as one, and their workspace, which goes back
 * after that. Not safe for concurrent use.
 */
final class Commands implements AutoCloseable {

  private final ComputeDevice device;
  private final String operator;
  private final List<Launch> launches = new ArrayList<>();
  private final List<DeviceStorage> workspace = new ArrayList<>();

  Commands(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
  }

  /** Workspace for complex numbers. */
  Numbers numbers(int size, DataType type) {
    return Numbers.apart(storage(size, type), storage(size, type));
  }

  private DeviceStorage storage(int size, DataType type) {
    DeviceStorage storage = device.allocate(size, type, operator + " workspace");
    workspace.add(storage);
    return storage;
  }

  /**
   * A command more.
   *
   * @param form all that the source depends on, of a class that nobody else uses
   */
  void add(
      Object form,
      Supplier<String> source,
      String kernel,
      int items,
      List<Object> arguments,
      Numbers to) {
    launches.add(
        new Launch(
            device.kernel(form, source, kernel),
            operator,
            items,
            arguments,
            List.of(to.real(), to.imaginary())));
  }

  void run() {
    device.launch(launches);
  }

  @Override
  public void close() {
    workspace.forEach(DeviceStorage::release);
  }
}
