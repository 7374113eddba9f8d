package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Function;
import dev.stride.ops.std.internal.kernel.Matrix;
import dev.stride.ops.std.internal.kernel.MatrixProduct;
import dev.stride.ops.std.internal.kernel.Reduction;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Element-wise kernels, reductions and matrix products on one thread, each against the plainest
 * loop that does the same, over {@value #ELEMENTS} elements or matrices of {@value #ROWS} rows.
 *
 * <p>Both sides run in turn in one process, after warming up, and both allocate their results.
 * Figures are medians in 1e9 bytes, or operations for matrix products, a second; {@code ratio} is
 * the median of the ratios within a turn.
 */
public final class ArraysBenchmark {

  private static final int ELEMENTS = 1 << 20;
  private static final int ROWS = 512;
  private static final int WARM_UP = 60;
  private static final int REPEATS = 31;

  private final PrintStream out;
  private final List<Map<String, Object>> results = new ArrayList<>();

  private ArraysBenchmark(PrintStream out) {
    this.out = out;
  }

  /** Runs all cases; {@code --json} prints one JSON document and nothing else. */
  public static void main(String[] arguments) throws IOException {
    boolean json = Arrays.asList(arguments).contains("--json");
    ArraysBenchmark benchmark = new ArraysBenchmark(System.out);
    benchmark.measureAll();
    if (json) {
      benchmark.out.println(
          new ObjectMapper().writeValueAsString(Map.of("cases", benchmark.results)));
    } else {
      benchmark.results.forEach(benchmark.out::println);
    }
  }

  private void measureAll() {
    Tensor a = Tensor.random(Shape.of(ELEMENTS), DataType.FLOAT32, 1);
    Tensor b = Tensor.random(Shape.of(ELEMENTS), DataType.FLOAT32, 2);
    float[] x = a.toFloatArray();
    float[] y = b.toFloatArray();
    Parallel one = Parallel.serial();
    double bytes = (double) ELEMENTS * Float.BYTES;
    measure("add", 3 * bytes, () -> Elementwise.zip(Arithmetic.ADD, a, b, one), () -> added(x, y));
    measure("exp", 2 * bytes, () -> Elementwise.map(Function.EXP, a, one), () -> exponential(x));
    measure("sum", bytes, () -> Reduction.sum(a, one), () -> sum(x));
    measure("dot", 2 * bytes, () -> Reduction.dot(a, b, one), () -> dot(x, y));
    Shape square = Shape.of(ROWS, ROWS);
    Tensor m = Tensor.random(square, DataType.FLOAT32, 3);
    float[] rows = m.toFloatArray();
    measure(
        "matmul_" + ROWS,
        2.0 * ROWS * ROWS * ROWS,
        () -> MatrixProduct.of(Matrix.of(m, ROWS, ROWS), Matrix.of(m, ROWS, ROWS), square, one),
        () -> product(rows));
  }

  private void measure(String name, double work, Supplier<Object> kernel, Supplier<Object> plain) {
    double[] kernels = new double[REPEATS];
    double[] plains = new double[REPEATS];
    double[] ratios = new double[REPEATS];
    for (int i = -WARM_UP; i < REPEATS; i++) {
      double fast = nanoseconds(kernel);
      double slow = nanoseconds(plain);
      if (i >= 0) {
        kernels[i] = work / fast;
        plains[i] = work / slow;
        ratios[i] = slow / fast;
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    result.put("giga_per_second", median(kernels));
    result.put("plain_giga_per_second", median(plains));
    result.put("ratio", median(ratios));
    results.add(result);
  }

  private static double nanoseconds(Supplier<Object> work) {
    long start = System.nanoTime();
    if (work.get() == null) {
      throw new IllegalStateException("a kernel gave nothing");
    }
    return System.nanoTime() - start;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Math.round(100 * sorted[sorted.length / 2]) / 100.0;
  }

  private static float[] added(float[] x, float[] y) {
    float[] sum = new float[x.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = x[i] + y[i];
    }
    return sum;
  }

  private static float[] exponential(float[] x) {
    float[] result = new float[x.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) Math.exp(x[i]);
    }
    return result;
  }

  private static double sum(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += value;
    }
    return sum;
  }

  private static double dot(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }

  private static float[] product(float[] m) {
    float[] product = new float[m.length];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < ROWS; k++) {
        float factor = m[i * ROWS + k];
        for (int j = 0; j < ROWS; j++) {
          product[i * ROWS + j] += factor * m[k * ROWS + j];
        }
      }
    }
    return product;
  }
}
