package dev.stride.benchmarks.gpu;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.TransferPolicy;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gradients of shots, as an iteration of an inversion sums them: on a device, and on the CPU. */
final class Inversions {

  private static final Shape MODEL = Shape.of(456, 485);
  private static final int SAMPLES = 1000;
  private static final int RECEIVERS = 128;
  private static final int TURNS = 3;

  /** Relative to the norm of the CPU's gradient. */
  private static final double TOLERANCE = 1e-3;

  private Inversions() {}

  static Map<String, Object> measure(ComputeDevice device) {
    String name = device.device().name();
    try (Stride stride = Stride.builder().transferPolicy(TransferPolicy.AUTOMATIC).build()) {
      double[] there = new double[TURNS];
      double[] here = new double[TURNS];
      double difference = 0;
      for (int turn = -1; turn < TURNS; turn++) {
        Variable<Tensor> velocity = stride.parameter(velocity());
        long begin = System.nanoTime();
        Tensor onDevice = gradient(stride, velocity, name);
        long middle = System.nanoTime();
        Tensor onHeap = gradient(stride, velocity, "cpu");
        long end = System.nanoTime();
        difference = onDevice.minus(onHeap).norm() / onHeap.norm();
        if (turn >= 0) {
          there[turn] = (middle - begin) * 1e-9;
          here[turn] = (end - middle) * 1e-9;
        }
      }
      if (!(difference <= TOLERANCE)) {
        throw new IllegalStateException("gradients differ by " + difference + " of their norm");
      }
      return report(median(there), median(here), difference);
    }
  }

  private static Map<String, Object> report(double there, double here, double difference) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", "inversion_456x485_two_shots");
    result.put("seconds", GpuCases.rounded(there));
    result.put("cpu_seconds", GpuCases.rounded(here));
    result.put("times_of_cpu", GpuCases.rounded(there / here));
    result.put("goal_times_of_cpu", 1.3);
    result.put("difference", difference);
    return result;
  }

  private static Tensor velocity() {
    return Tensor.random(MODEL, DataType.FLOAT32, 7).map(v -> 1500 + 20 * v);
  }

  private static Tensor gradient(Stride stride, Variable<Tensor> velocity, String device) {
    velocity.clearGrad();
    Variable<Tensor> there = velocity.moveTo(device).asParameter();
    stride.accumulate(List.of(0, 1), 2, shot -> loss(stride, there, shot)).join();
    Tensor gradient = there.grad();
    if (gradient == null) {
      throw new IllegalStateException("no gradient");
    }
    return gradient.toHeap();
  }

  private static Variable<Tensor> loss(Stride stride, Variable<Tensor> velocity, int shot) {
    Tensor source = Tensor.of(Shape.of(1, 2), 0.05 + 0.2 * shot, 0.06);
    Variable<Tensor> traces =
        stride
            .operator("acoustic-wave")
            .call(
                Arguments.of(velocity, wavelet(), source, receivers(), 1e-3, 1.5e-7)
                    .with("absorbing", 20));
    return traces.times(traces).sum();
  }

  private static Tensor wavelet() {
    float[] values = new float[SAMPLES];
    for (int n = 0; n < 120; n++) {
      double envelope = Math.pow(Math.sin(Math.PI * n / 120), 2);
      values[n] = (float) (Math.sin(2 * Math.PI * 3e5 * n * 1.5e-7) * envelope);
    }
    return Tensor.adopt(Shape.of(1, SAMPLES), values);
  }

  private static Tensor receivers() {
    double[] places = new double[2 * RECEIVERS];
    for (int r = 0; r < RECEIVERS; r++) {
      double angle = 2 * Math.PI * r / RECEIVERS;
      places[2 * r] = 0.2275 + 0.18 * Math.sin(angle);
      places[2 * r + 1] = 0.242 + 0.18 * Math.cos(angle);
    }
    return Tensor.of(Shape.of(RECEIVERS, 2), places);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[values.length / 2];
  }
}
