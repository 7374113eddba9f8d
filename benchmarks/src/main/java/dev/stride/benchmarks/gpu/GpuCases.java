package dev.stride.benchmarks.gpu;

import dev.stride.api.Shape;
import dev.stride.benchmarks.gpu.HostProgram.Measured;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.Range;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cases, each measured in turns with its yardstick. */
public final class GpuCases {

  private static final int TURNS = 5;
  private static final int BATCH = 64;
  private static final double TOLERANCE = 1e-4;
  private static final int COPIED = 1 << 24;
  private static final int CHAINED = 1 << 20;

  /** Short products before the chain, until the virtual machine has compiled what makes them. */
  private static final int WARM_UP = 20_000;

  private static final int FEW = 256;

  /** Levels that a step reads, the one that it writes, and its coefficients, once each. */
  private static final int BYTES_A_NODE = 16;

  private static final String COPY =
      "__kernel void copy(__global const float *a, __global float *b) {"
          + " b[get_global_id(0)] = a[get_global_id(0)]; }";

  private static final String MULTIPLY =
      "__kernel void multiply(__global const float *a, __global float *out,"
          + " __global const float *b) {"
          + " out[get_global_id(0)] = a[get_global_id(0)] * b[get_global_id(0)]; }";

  private final ComputeDevice device;
  private final HostProgram yardstick;
  private double bandwidth;

  /** Measures a device; what is missing for it is said on a stream. */
  public GpuCases(ComputeDevice device, PrintStream messages) {
    this.device = device;
    this.yardstick = HostProgram.of(device.description());
    if (!yardstick.isThere()) {
      messages.println(
          "no C to compare with: install gcc, opencl-c-headers and ocl-icd-opencl-dev");
    }
  }

  /** Every case; the device's bandwidth comes first. */
  public List<Supplier<Map<String, Object>>> all() {
    return List.of(
        this::copy,
        () -> steps("wave_2d_456x485_o10", Shape.of(456, 485), 10, isLarge() ? 20_000 : 1000),
        () -> steps("wave_3d_200_o8", Shape.of(200, 200, 200), 8, isLarge() ? 500 : 20),
        this::chain,
        this::launch,
        () -> new SmallCalls(device).sums(),
        () -> new SmallCalls(device).transforms(),
        () -> Inversions.measure(device));
  }

  /** Whether it has a memory of its own, and much of it: it computes fast. */
  private boolean isLarge() {
    DeviceDescription description = device.description();
    return description.memoryBytes() > 32L << 30 && !description.sharesMemory();
  }

  private Map<String, Object> copy() {
    Range range = new Range(List.of((long) COPIED), List.of(256L));
    List<float[]> buffers = List.of(new float[COPIED], new float[COPIED]);
    Repeated copies = new Repeated(device, COPY, "copy", range, buffers, false);
    double best = Double.POSITIVE_INFINITY;
    for (int turn = -1; turn < TURNS; turn++) {
      best = Math.min(best, copies.run(20, 20).seconds());
    }
    bandwidth = 20 * 8.0 * COPIED / best * 1e-9;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", "copy_64MiB");
    result.put("gb_s", rounded(bandwidth));
    return result;
  }

  private Map<String, Object> steps(String name, Shape shape, int order, int steps) {
    WaveSteps wave = WaveSteps.of(shape, order, device.description());
    Repeated ours =
        new Repeated(device, wave.source(), "advance", wave.range(), wave.buffers(), true);
    Turns turns =
        turns(
            () -> ours.run(steps, BATCH),
            () ->
                yardstick.run(wave.source(), "advance", wave.range(), wave.buffers(), steps, true));
    double gpts = (double) shape.size() * steps / turns.ours * 1e-9;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    result.put("gpts", rounded(gpts));
    result.put("gb_s", rounded(gpts * BYTES_A_NODE));
    result.put("of_copy_bandwidth", rounded(gpts * BYTES_A_NODE / bandwidth));
    result.put("roofline_gpts", rounded(bandwidth / BYTES_A_NODE));
    turns.report(result, "goal_ratio", 0.95);
    return result;
  }

  private Map<String, Object> chain() {
    Range range = new Range(List.of((long) CHAINED), List.of(256L));
    float[] ones = new float[CHAINED];
    Arrays.fill(ones, 1);
    List<float[]> buffers = List.of(ones, ones, ones);
    new ElementChain(device, FEW).run(WARM_UP);
    ElementChain ours = new ElementChain(device, CHAINED);
    int products = isLarge() ? 2000 : BATCH;
    Turns turns =
        turns(
            () -> ours.run(products),
            () -> yardstick.run(MULTIPLY, "multiply", range, buffers, products, true));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", "elementwise_chain_1M");
    result.put("gb_s", rounded(12.0 * CHAINED * products / turns.ours * 1e-9));
    turns.report(result, "goal_ratio", 0.95);
    return result;
  }

  private Map<String, Object> launch() {
    int launches = 20_000;
    Range range = new Range(List.of(256L), List.of(256L));
    List<float[]> buffers = List.of(new float[256], new float[256]);
    Repeated ours = new Repeated(device, COPY, "copy", range, buffers, false);
    Turns turns =
        turns(
            () -> ours.run(launches, 1),
            () -> yardstick.run(COPY, "copy", range, buffers, launches, false));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", "queued_launch");
    result.put("us_handed_over", rounded(turns.handedOver / launches * 1e6));
    result.put("us_done", rounded(turns.ours / launches * 1e6));
    result.put("goal_us", 6);
    turns.report(result, "goal", 0);
    return result;
  }

  private Turns turns(Supplier<Measured> ours, Supplier<Measured> theirs) {
    Turns turns = new Turns();
    for (int turn = -1; turn < TURNS; turn++) {
      Measured c = yardstick.isThere() ? theirs.get() : null;
      Measured java = ours.get();
      if (c != null) {
        requireSame(c.first(), java.first());
      }
      if (turn >= 0) {
        turns.add(java, c);
      }
    }
    return turns;
  }

  private static void requireSame(float[] expected, float[] actual) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
    }
    if (!(difference <= TOLERANCE * largest)) {
      throw new IllegalStateException(
          "the pack and C differ by " + difference + " at values of up to " + largest);
    }
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Medians of some turns. */
  private static final class Turns {

    private final double[] all = new double[TURNS];
    private final double[] handed = new double[TURNS];
    private final double[] ratios = new double[TURNS];
    private final double[] inC = new double[TURNS];
    private boolean compared;
    private int count;
    private double ours;
    private double handedOver;

    void add(Measured java, @Nullable Measured c) {
      all[count] = java.seconds();
      handed[count] = java.handedOver();
      compared = c != null;
      if (c != null) {
        inC[count] = c.seconds();
        ratios[count] = c.seconds() / java.seconds();
      }
      count++;
      ours = median(all);
      handedOver = median(handed);
    }

    private double median(double[] values) {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted[count / 2];
    }

    void report(Map<String, Object> result, String goalName, double goal) {
      result.put("seconds", rounded(ours));
      if (compared) {
        result.put("c_seconds", rounded(median(inC)));
        result.put("ratio", rounded(median(ratios)));
      }
      if (goal > 0) {
        result.put(goalName, goal);
      }
    }
  }
}
