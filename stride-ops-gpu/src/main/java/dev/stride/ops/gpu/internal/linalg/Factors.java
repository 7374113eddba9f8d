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
 * The LU factors of a stack of matrices on a device, with row exchanges: what solving with them, or
 * with their transposes, needs.
 *
 * <p>As in the standard pack these are factors of the transposes, {@code A^T = P L U}, stored by
 * columns, so that the pivots are the same.
 *
 * @param lu the factors, of the shape of the matrices
 * @param pivots the row that each was exchanged with, as whole numbers
 * @param values determinants, their logarithms, their signs, and the number of the first pivot that
 *     is zero, or 0: {@code [4, batch...]}
 */
record Factors(Triangles triangles, Tensor lu, DeviceStorage pivots, Tensor values)
    implements Saved {

  private static final Triangles.Form LOWER_TURNED = new Triangles.Form(false, true, false);
  private static final Triangles.Form UPPER_TURNED = new Triangles.Form(true, true, true);

  private static final String KERNEL =
      """
      __kernel void factored(
          const uint matrices, const uint n, __global A *all, __global int *exchanges,
          __global A *values) {
        GROUP;
        __local A most[LANES];
        __local uint where[LANES];
        if (group >= matrices) { return; }
        __global A *lu = all + group * n * n;
        __global int *pivots = exchanges + group * n;
        A sign = 1, product = 1, logarithm = 0;
        uint broken = 0;
        for (uint k = 0; k < n; k++) {
          A best = -1;
          uint at = k;
          for (uint i = k + lane; i < n; i += lanes) {
            const A size = fabs(lu[k * n + i]);
            at = size > best ? i : at;
            best = size > best ? size : best;
          }
          most[lane] = best;
          where[lane] = at;
          TOGETHER;
          for (uint i = 0; i < lanes; i++) {
            const bool better = most[i] > best || (most[i] == best && where[i] < at);
            best = better ? most[i] : best;
            at = better ? where[i] : at;
          }
          if (at != k) {
            for (uint j = lane; j < n; j += lanes) {
              const A kept = lu[j * n + k];
              lu[j * n + k] = lu[j * n + at];
              lu[j * n + at] = kept;
            }
          }
          if (lane == 0) { pivots[k] = at; }
          TOGETHER;
          const A pivot = lu[k * n + k];
          broken = pivot == 0 && broken == 0 ? k + 1 : broken;
          sign *= pivot > 0 ? 1 : pivot < 0 ? -1 : pivot;
          sign = at == k ? sign : -sign;
          product *= fabs(pivot);
          logarithm += log(fabs(pivot));
          if (pivot != 0) {
            for (uint i = k + 1 + lane; i < n; i += lanes) { lu[k * n + i] /= pivot; }
          }
          TOGETHER;
          const uint rest = n - k - 1;
          for (uint cell = lane; cell < rest * rest; cell += lanes) {
            const uint i = k + 1 + cell % rest, j = k + 1 + cell / rest;
            lu[j * n + i] -= lu[k * n + i] * lu[j * n + k];
          }
          TOGETHER;
        }
        if (lane == 0) {
          sign = sign == 0 ? 0 : sign;
          values[group] = sign == 0 ? 0 : sign * product;
          values[matrices + group] = logarithm;
          values[2 * matrices + group] = sign;
          values[3 * matrices + group] = broken;
        }
      }
      """;

  /** Starts to factor matrices; singular ones too. Belongs to the caller. */
  static Factors of(ComputeDevice device, String operator, Tensor a) {
    DataType type = a.dataType();
    int n = a.shape().extent(-1);
    Shape batch = Stacks.batch(a.shape());
    Tensor lu = device.copy(a);
    DeviceStorage pivots =
        device.allocate(Math.multiplyExact(batch.size(), n), DataType.FLOAT32, operator);
    Tensor values = device.allocate(Stacks.with(Shape.of(4), batch.toArray()), type, operator);
    if (batch.size() > 0) {
      List<DeviceStorage> written = List.of(device.storage(lu), pivots, device.storage(values));
      List<Object> arguments =
          List.of(batch.size(), n, written.get(0), written.get(1), written.get(2));
      new Groups(device, operator, type)
          .launch(KERNEL, "factored", batch.size(), n, arguments, written);
    }
    return new Factors(new Triangles(device, operator), lu, pivots, values);
  }

  /** These factors, if no matrix is singular; waits for them. */
  Factors checked(OperatorCall call) {
    int matrices = values.size() / 4;
    Tensor known = values.toHeap();
    for (int i = 0; i < matrices; i++) {
      int broken = (int) known.at(3 * matrices + i);
      if (broken != 0) {
        throw Stacks.broken(
            call,
            i,
            "singular",
            broken,
            "Add a multiple of the identity, or solve a least-squares problem.");
      }
    }
    return this;
  }

  /**
   * Starts to compute {@code A^-1 b}, or {@code A^-T b}, of shape {@code [batch..., n, m]}.
   *
   * @param b {@code [batch..., n, m]}, of a batch that fits
   */
  Tensor solve(Tensor b, boolean transposed) {
    Triangles.Columns columns = triangles.new Columns(lu.shape(), b);
    if (transposed) {
      return columns.exchange(lu, pivots, true).solve(lu, UPPER_TURNED).solve(lu, LOWER_TURNED).x();
    }
    return columns
        .solve(lu, LOWER_TURNED.transposed())
        .solve(lu, UPPER_TURNED.transposed())
        .exchange(lu, pivots, false)
        .x();
  }

  /** Gives the memory back; for factors that no adjoint needs. */
  void release(Scratch scratch) {
    scratch.keep(lu);
    scratch.keep(values);
    pivots.release();
  }

  @Override
  public long bytes() {
    return (long) lu.dataType().bytes() * (lu.size() + values.size())
        + (long) Integer.BYTES * pivots.size();
  }
}
