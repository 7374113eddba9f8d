package dev.stride.benchmarks.gpu;

import dev.stride.api.spi.HeapStorage;
import dev.stride.benchmarks.gpu.HostProgram.Measured;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Kernel;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.device.Range;
import java.util.ArrayList;
import java.util.List;

/** A kernel that is run many times through the pack's queue. */
final class Repeated {

  private final ComputeDevice device;
  private final Kernel kernel;
  private final Range range;
  private final List<float[]> buffers;
  private final boolean swaps;

  Repeated(
      ComputeDevice device,
      String source,
      String kernel,
      Range range,
      List<float[]> buffers,
      boolean swaps) {
    this.device = device;
    this.kernel = device.kernel(source, kernel);
    this.range = range;
    this.buffers = buffers;
    this.swaps = swaps;
  }

  /** Runs it so many times, handed over in batches of some. */
  Measured run(int times, int batch) {
    List<DeviceStorage> there = new ArrayList<>();
    for (float[] buffer : buffers) {
      there.add(device.upload(new HeapStorage.Floats(buffer), "benchmark"));
    }
    there.getLast().toHeap();
    long begin = System.nanoTime();
    long last = 0;
    List<Launch> next = new ArrayList<>();
    for (int n = 0; n < times; n++) {
      next.add(launch(there, n));
      if (next.size() == batch || n == times - 1) {
        last = device.launch(List.copyOf(next));
        next.clear();
      }
    }
    long handedOver = System.nanoTime();
    device.awaitEnd(last);
    long end = System.nanoTime();
    float[] first = ((HeapStorage.Floats) there.getFirst().toHeap()).array();
    there.forEach(DeviceStorage::release);
    return new Measured((end - begin) * 1e-9, (handedOver - begin) * 1e-9, first);
  }

  private Launch launch(List<DeviceStorage> there, int n) {
    List<Object> arguments = new ArrayList<>(there);
    if (swaps && n % 2 == 1) {
      arguments.set(0, there.get(1));
      arguments.set(1, there.get(0));
    }
    return new Launch(
        kernel, "benchmark", range, arguments, List.of((DeviceStorage) arguments.get(1)));
  }
}
