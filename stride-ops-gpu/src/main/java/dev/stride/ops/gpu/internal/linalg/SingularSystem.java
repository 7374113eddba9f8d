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
 * The singular values, descending, and vectors of a stack of k vectors each, of length l >= k, on a
 * device: {@code w = shorter^T diag(values) longer}, by M. R. Hestenes's rotations, which turn
 * pairs of vectors until all are orthogonal.
 *
 * @param values [batch..., k]
 * @param shorter [batch..., k, k], a singular vector in each row
 * @param longer [batch..., k, l], a singular vector in each row, zeros where a value is 0
 */
record SingularSystem(Tensor values, Tensor shorter, Tensor longer) implements Saved {

  private static final String KERNEL =
      """
      #define SWEEPS 40
      __kernel void singular(
          const uint matrices, const uint n, const uint length, const A epsilon,
          __global A *all, __global A *bases, __global A *values, __global A *shorter,
          __global A *longer) {
        GROUP;
        __local A parts[LANES];
        if (group >= matrices) { return; }
        __global A *w = all + group * n * length, *basis = bases + group * n * n;
        A most = 0;
        for (uint cell = lane; cell < n * length; cell += lanes) {
          most = larger(most, fabs(w[cell]));
        }
        for (uint cell = lane; cell < n * n; cell += lanes) {
          basis[cell] = cell % n == cell / n ? 1 : 0;
        }
        most = largest(lane, lanes, parts, most);
        const A unit = most > 0 ? most : 1;
        for (uint cell = lane; cell < n * length; cell += lanes) { w[cell] /= unit; }
        bool turns = true;
        for (uint sweep = 0; turns && sweep < SWEEPS; sweep++) {
          turns = false;
          for (uint p = 0; p + 1 < n; p++) {
            for (uint q = p + 1; q < n; q++) {
              TOGETHER;
              A first = 0, second = 0, product = 0;
              for (uint k = lane; k < length; k += lanes) {
                const A x = w[p * length + k], y = w[q * length + k];
                first += x * x;
                second += y * y;
                product += x * y;
              }
              first = sum(lane, lanes, parts, first);
              second = sum(lane, lanes, parts, second);
              product = sum(lane, lanes, parts, product);
              const bool turn = fabs(product) > epsilon * sqrt(first) * sqrt(second);
              turns = turns || turn;
              const A ratio = (second - first) / (2 * (turn ? product : 1));
              const A tangent = (ratio < 0 ? -1 : 1) / (fabs(ratio) + sqrt(ratio * ratio + 1));
              const A cosine = 1 / sqrt(tangent * tangent + 1), sine = tangent * cosine;
              for (uint k = lane; turn && k < length; k += lanes) {
                const A x = w[p * length + k], y = w[q * length + k];
                w[p * length + k] = cosine * x - sine * y;
                w[q * length + k] = sine * x + cosine * y;
              }
              for (uint k = lane; turn && k < n; k += lanes) {
                const A x = basis[p * n + k], y = basis[q * n + k];
                basis[p * n + k] = cosine * x - sine * y;
                basis[q * n + k] = sine * x + cosine * y;
              }
            }
          }
        }
        TOGETHER;
        for (uint i = 0; i < n; i++) {
          A square = 0;
          for (uint k = lane; k < length; k += lanes) {
            square += w[i * length + k] * w[i * length + k];
          }
          const A size = sqrt(sum(lane, lanes, parts, square));
          if (lane == 0) { bases[matrices * n * n + group * n + i] = size; }
        }
        TOGETHER;
        __global const A *sizes = bases + matrices * n * n + group * n;
        for (uint i = 0; i < n; i++) {
          uint rank = isfinite(most) ? 0 : i;
          for (uint j = 0; isfinite(most) && j < n; j++) {
            rank += sizes[j] > sizes[i] || (!(sizes[i] > sizes[j]) && j < i) ? 1 : 0;
          }
          if (lane == 0) { values[group * n + rank] = isfinite(most) ? sizes[i] * unit : NAN; }
          for (uint k = lane; k < n; k += lanes) {
            shorter[(group * n + rank) * n + k] = basis[i * n + k];
          }
          for (uint k = lane; k < length; k += lanes) {
            longer[(group * n + rank) * length + k] =
                sizes[i] == 0 ? 0 : w[i * length + k] / sizes[i];
          }
        }
      }
      """;

  /**
   * Starts to compute the singular system of vectors.
   *
   * @param w [batch..., k, l], overwritten
   */
  static SingularSystem of(ComputeDevice device, String operator, Tensor w) {
    DataType type = w.dataType();
    int k = w.shape().extent(-2);
    int length = w.shape().extent(-1);
    Shape batch = Stacks.batch(w.shape());
    Shape square = Stacks.with(batch, k, k);
    Tensor values = device.allocate(Stacks.with(batch, k), type, operator);
    Tensor shorter = device.allocate(square, type, operator);
    Tensor longer = device.allocate(w.shape(), type, operator);
    if (w.size() > 0) {
      try (Scratch scratch = new Scratch()) {
        Shape room = Shape.of(Math.addExact(square.size(), values.size()));
        Tensor bases = scratch.keep(device.allocate(room, type, operator + " workspace"));
        List<DeviceStorage> written =
            List.of(
                device.storage(w),
                device.storage(bases),
                device.storage(values),
                device.storage(shorter),
                device.storage(longer));
        List<Object> arguments =
            List.of(
                batch.size(),
                k,
                length,
                Spectrum.epsilon(type),
                written.get(0),
                written.get(1),
                written.get(2),
                written.get(3),
                written.get(4));
        new Groups(device, operator, type)
            .launch(KERNEL, "singular", batch.size(), length, arguments, written);
      }
    }
    return new SingularSystem(values, shorter, longer);
  }

  private int k() {
    return values.shape().extent(-1);
  }

  /**
   * Refuses what has no gradient of its own, unless the cotangent treats it alike. Waits for both.
   *
   * @param cotangent none: nothing treats them alike
   */
  void checkGaps(OperatorCall call, double... cotangent) {
    double[] known = values.toDoubleArray();
    for (int i = 0; i < known.length; i++) {
      boolean last = (i + 1) % k() == 0;
      boolean counts = cotangent.length == 0 || cotangent[i] != 0;
      boolean apart = cotangent.length == 0 || (!last && cotangent[i] != cotangent[i + 1]);
      double threshold =
          8.0
              * (k() + longer.shape().extent(-1))
              * Spectrum.ulp(known[i - i % k()], values.dataType());
      boolean vanishes = known[i] <= threshold;
      if (last && vanishes && counts) {
        throw vanishing(call, i, known[i]);
      }
      if (!last && known[i] - known[i + 1] <= threshold && (apart || (vanishes && counts))) {
        throw meeting(call, i, known[i]);
      }
    }
  }

  private ArithmeticException meeting(OperatorCall call, int i, double value) {
    return singular(
        call,
        "singular values "
            + i % k()
            + " and "
            + (i % k() + 1)
            + " of matrix "
            + i / k()
            + " of `a` meet at "
            + value
            + ", where they have no gradient of their own. Use a function that treats them alike,"
            + " such as their sum, or move the matrix.");
  }

  private ArithmeticException vanishing(OperatorCall call, int i, double value) {
    return singular(
        call,
        "singular value "
            + i % k()
            + " of matrix "
            + i / k()
            + " of `a` is "
            + value
            + ", a kink: it has no gradient at 0. Leave it out of the loss, or move the matrix.");
  }

  private static ArithmeticException singular(OperatorCall call, String what) {
    return new ArithmeticException(call.signature().name() + ": " + what);
  }

  @Override
  public long bytes() {
    return (long) values.dataType().bytes() * (values.size() + shorter.size() + longer.size());
  }
}
