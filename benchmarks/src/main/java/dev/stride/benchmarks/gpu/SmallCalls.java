package dev.stride.benchmarks.gpu;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Operators on tensors so small that a call costs what making and handing over its commands costs.
 */
final class SmallCalls {

  private static final int SIZE = 256;
  private static final int CALLS = 5_000;
  private static final int TURNS = 5;

  private static final Code ITSELF = Code.of("x", "x");

  private final ComputeDevice device;
  private final Tensor x;

  SmallCalls(ComputeDevice device) {
    this.device = device;
    this.x = device.filled(Shape.of(SIZE), DataType.FLOAT32, 1);
  }

  /** The sum of all elements: one command. */
  Map<String, Object> sums() {
    Reduction sums = new Reduction(device, "benchmark");
    Axes all = Axes.all(x.shape());
    return measure("small_sum", () -> sums.compute(ITSELF, all, 1, List.of(x)));
  }

  /** The half spectrum of real numbers: a command a pass. */
  Map<String, Object> transforms() {
    Fourier fourier = new Fourier(device, new Tables(), "benchmark");
    return measure(
        "small_real_transform",
        () -> {
          Pair spectrum = fourier.half(x, 1, 1, 1);
          spectrum.imaginary().storage().release();
          return spectrum.real();
        });
  }

  private Map<String, Object> measure(String name, Supplier<Tensor> call) {
    double[] handed = new double[TURNS];
    double[] done = new double[TURNS];
    for (int turn = -1; turn < TURNS; turn++) {
      long begin = System.nanoTime();
      Tensor last = x;
      for (int n = 0; n < CALLS; n++) {
        if (last != x) {
          last.storage().release();
        }
        last = call.get();
      }
      long handedOver = System.nanoTime();
      CompletionStage<?> arrival = device.arrival(last);
      if (arrival != null) {
        arrival.toCompletableFuture().join();
      }
      if (turn >= 0) {
        handed[turn] = (handedOver - begin) * 1e-3 / CALLS;
        done[turn] = (System.nanoTime() - begin) * 1e-3 / CALLS;
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    result.put("us_handed_over", median(handed));
    result.put("us_done", median(done));
    return result;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return GpuCases.rounded(sorted[sorted.length / 2]);
  }
}
