package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Eigenvalues, ascending, and eigenvectors of a stack of symmetric matrices on a device, by C. G.
 * J. Jacobi's rotations: every pair in turn, until none is left to turn.
 *
 * @param values [batch..., n]
 * @param vectors [batch..., n, n], an eigenvector in each row
 */
record Spectrum(Tensor values, Tensor vectors) implements Saved {

  /** Barriers are where every item comes past, whether a pair is turned or not. */
  private static final String KERNELS =
      """
      #define SWEEPS 40
      __kernel void turned(
          const uint matrices, const uint n, const A epsilon, __global A *all,
          __global A *bases) {
        GROUP;
        __local A parts[LANES];
        if (group >= matrices) { return; }
        __global A *a = all + group * n * n, *basis = bases + group * n * n;
        A most = 0;
        for (uint cell = lane; cell < n * n; cell += lanes) {
          most = larger(most, fabs(a[cell]));
          basis[cell] = cell % n == cell / n ? 1 : 0;
        }
        most = largest(lane, lanes, parts, most);
        const A small = epsilon * most;
        bool turns = true;
        for (uint sweep = 0; turns && sweep < SWEEPS; sweep++) {
          turns = false;
          for (uint p = 0; p + 1 < n; p++) {
            for (uint q = p + 1; q < n; q++) {
              TOGETHER;
              const A off = a[p * n + q];
              const bool turn = fabs(off) > small;
              const A ratio = (a[q * n + q] - a[p * n + p]) / (2 * (turn ? off : 1));
              const A tangent = (ratio < 0 ? -1 : 1) / (fabs(ratio) + sqrt(ratio * ratio + 1));
              const A cosine = 1 / sqrt(tangent * tangent + 1), sine = tangent * cosine;
              turns = turns || turn;
              TOGETHER;
              for (uint k = lane; turn && k < n; k += lanes) {
                const A x = a[p * n + k], y = a[q * n + k];
                a[p * n + k] = cosine * x - sine * y;
                a[q * n + k] = sine * x + cosine * y;
                const A u = basis[p * n + k], v = basis[q * n + k];
                basis[p * n + k] = cosine * u - sine * v;
                basis[q * n + k] = sine * u + cosine * v;
              }
              TOGETHER;
              for (uint k = lane; turn && k < n; k += lanes) {
                const A x = a[k * n + p], y = a[k * n + q];
                a[k * n + p] = k == q ? 0 : cosine * x - sine * y;
                a[k * n + q] = k == p ? 0 : sine * x + cosine * y;
              }
            }
          }
        }
        TOGETHER;
        for (uint i = lane; i < n; i += lanes) {
          a[i * n + i] = isfinite(most) ? a[i * n + i] : NAN;
        }
      }
      __kernel void sorted(
          const uint matrices, const uint n, __global const A *all, __global const A *bases,
          __global A *values, __global A *vectors) {
        GROUP;
        if (group >= matrices) { return; }
        __global const A *a = all + group * n * n, *basis = bases + group * n * n;
        for (uint i = lane; i < n; i += lanes) {
          const A value = a[i * n + i];
          uint rank = isnan(value) ? i : 0;
          for (uint j = 0; j < n; j++) {
            const A other = a[j * n + j];
            rank += other < value || (other == value && j < i) ? 1 : 0;
          }
          values[group * n + rank] = value;
          for (uint k = 0; k < n; k++) {
            vectors[(group * n + rank) * n + k] = basis[i * n + k];
          }
        }
      }
      """;

  /** Starts to compute the spectrum of symmetric matrices. */
  static Spectrum of(ComputeDevice device, String operator, Tensor symmetric) {
    DataType type = symmetric.dataType();
    Shape shape = symmetric.shape();
    int n = shape.extent(-1);
    Shape batch = Stacks.batch(shape);
    Tensor values = device.allocate(Stacks.with(batch, n), type, operator);
    Tensor vectors = device.allocate(shape, type, operator);
    if (shape.size() > 0) {
      try (Scratch scratch = new Scratch()) {
        Tensor a = scratch.keep(device.copy(symmetric));
        Tensor bases = scratch.keep(device.allocate(shape, type, operator + " workspace"));
        DeviceStorage turned = device.storage(a);
        DeviceStorage basis = device.storage(bases);
        DeviceStorage ordered = device.storage(values);
        DeviceStorage rows = device.storage(vectors);
        Groups groups = new Groups(device, operator, type);
        groups.launch(
            KERNELS,
            "turned",
            batch.size(),
            n,
            List.of(batch.size(), n, epsilon(type), turned, basis),
            List.of(turned, basis));
        groups.launch(
            KERNELS,
            "sorted",
            batch.size(),
            n,
            List.of(batch.size(), n, turned, basis, ordered, rows),
            List.of(ordered, rows));
      }
    }
    return new Spectrum(values, vectors);
  }

  /** What is lost in rounding beside 1, as kernels of a type take it. */
  static Object epsilon(DataType type) {
    if (type == DataType.FLOAT64) {
      return Math.ulp(1.0) / 4;
    }
    return Math.ulp(1f) / 4;
  }

  private int n() {
    return vectors.shape().extent(-1);
  }

  /**
   * Eigenvalues that meet have no gradient of their own: an error, unless the cotangent treats them
   * alike. Waits for both.
   *
   * @param cotangent none: nothing treats them alike
   */
  void checkGaps(OperatorCall call, double... cotangent) {
    double[] known = values.toDoubleArray();
    for (int i = 0; i + 1 < known.length; i++) {
      boolean apart = cotangent.length == 0 || cotangent[i] != cotangent[i + 1];
      if ((i + 1) % n() != 0 && apart && meets(known, i)) {
        throw meeting(call, i, known[i]);
      }
    }
  }

  private boolean meets(double[] known, int i) {
    int first = i - i % n();
    double largest = Math.max(Math.abs(known[first]), Math.abs(known[first + n() - 1]));
    return known[i + 1] - known[i] <= 8 * n() * ulp(largest, values.dataType());
  }

  /** The last place of a number in a type. */
  static double ulp(double number, DataType type) {
    return type == DataType.FLOAT64 ? Math.ulp(number) : Math.ulp((float) number);
  }

  private ArithmeticException meeting(OperatorCall call, int i, double value) {
    return new ArithmeticException(
        call.signature().name()
            + ": eigenvalues "
            + i % n()
            + " and "
            + (i % n() + 1)
            + " of matrix "
            + i / n()
            + " of `a` meet at "
            + value
            + ", where they have no gradient of their own. Use a function that treats them alike,"
            + " such as their sum, or move the matrix.");
  }

  @Override
  public long bytes() {
    return (long) values.dataType().bytes() * (values.size() + vectors.size());
  }
}
