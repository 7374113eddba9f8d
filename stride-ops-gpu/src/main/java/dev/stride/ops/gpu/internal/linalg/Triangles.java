package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.MatrixProduct.Matrices;
import dev.stride.ops.gpu.internal.kernel.Source;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * Systems of equations with triangular matrices on a device: a work item goes through each column
 * of a right-hand side.
 */
final class Triangles {

  private static final Code ITSELF = Code.of("x", "x");

  private static final String KERNELS =
      """
      __kernel void substituted(
          const uint count, const uint n, const uint m, const uint forwards, const uint isUnit,
          const uint down, const uint across, __global const int *places, __global const A *a,
          __global A *x) {
        const uint item = get_global_id(0);
        if (item >= count) { return; }
        a += places[item / m];
        x += item / m * n * m + item % m;
        for (uint at = 0; at < n; at++) {
          const uint i = forwards ? at : n - 1 - at;
          const uint from = forwards ? 0 : i + 1, to = forwards ? i : n;
          A rest = x[i * m];
          for (uint k = from; k < to; k++) { rest -= a[i * down + k * across] * x[k * m]; }
          x[i * m] = isUnit ? rest : rest / a[i * (down + across)];
        }
      }
      __kernel void exchanged(
          const uint count, const uint n, const uint m, const uint forwards,
          __global const int *places, __global const int *pivots, __global A *x) {
        const uint item = get_global_id(0);
        if (item >= count) { return; }
        pivots += places[item / m] / n;
        x += item / m * n * m + item % m;
        for (uint at = 0; at < n; at++) {
          const uint row = forwards ? at : n - 1 - at, other = pivots[row];
          const A kept = x[row * m];
          x[row * m] = x[other * m];
          x[other * m] = kept;
        }
      }
      """;

  private final ComputeDevice device;
  private final String operator;
  private final Elements elements;

  Triangles(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
    this.elements = new Elements(device, operator);
  }

  /**
   * How a triangle is read.
   *
   * @param upper whether it is stored above the diagonal
   * @param turned whether rows and columns are exchanged
   * @param unit whether the diagonal is taken for 1
   */
  record Form(boolean upper, boolean turned, boolean unit) {

    /** The same triangle, for the transposed system. */
    Form transposed() {
      return new Form(upper, !turned, unit);
    }
  }

  /** Right-hand sides, each repeated as the batch asks for, to be solved in place. */
  final class Columns {

    private final int n;
    private final int m;
    private final Shape batch;
    private final Tensor x;

    /**
     * Columns for matrices of a shape.
     *
     * @param b {@code [batch..., n, m]}, of a batch that fits
     */
    Columns(Shape matrices, Tensor b) {
      this.n = b.shape().extent(-2);
      this.m = b.shape().extent(-1);
      this.batch = Operands.common(Stacks.batch(matrices), Stacks.batch(b.shape()));
      this.x = elements.compute(ITSELF, Stacks.with(batch, n, m), List.of(b));
    }

    /** What they are in the end. */
    Tensor x() {
      return x;
    }

    /** Starts to solve with triangles. */
    Columns solve(Tensor a, Form form) {
      if (x.size() > 0) {
        boolean forwards = form.upper() == form.turned();
        int down = form.turned() ? 1 : n;
        int across = form.turned() ? n : 1;
        try (Places places = new Places(a, batch)) {
          DeviceStorage target = device.storage(x);
          List<Object> arguments =
              List.of(
                  x.size() / n,
                  n,
                  m,
                  forwards ? 1 : 0,
                  form.unit() ? 1 : 0,
                  down,
                  across,
                  places.storage,
                  device.storage(a),
                  target);
          launch("substituted", arguments, target);
        }
      }
      return this;
    }

    /**
     * Starts to exchange rows.
     *
     * @param a the matrices that the exchanges belong to
     * @param pivots the row that each was exchanged with, as whole numbers
     * @param forwards whether from the first exchange on
     */
    Columns exchange(Tensor a, DeviceStorage pivots, boolean forwards) {
      if (x.size() > 0) {
        try (Places places = new Places(a, batch)) {
          DeviceStorage target = device.storage(x);
          List<Object> arguments =
              List.of(x.size() / n, n, m, forwards ? 1 : 0, places.storage, pivots, target);
          launch("exchanged", arguments, target);
        }
      }
      return this;
    }

    private void launch(String kernel, List<Object> arguments, DeviceStorage target) {
      DataType type = x.dataType();
      device.launch(
          new Launch(
              device.kernel(new Typed(type), () -> source(type), kernel),
              operator,
              x.size() / n,
              arguments,
              List.of(target)));
    }
  }

  /** All that the source depends on. */
  private record Typed(DataType type) {}

  private static String source(DataType type) {
    return Source.types(type) + "typedef %s A;\n".formatted(Source.name(type)) + KERNELS;
  }

  /** Where the matrix begins that each part of a batch goes with, until it is handed over. */
  private final class Places implements AutoCloseable {

    private final DeviceStorage storage;

    Places(Tensor a, Shape batch) {
      int[] places = new Matrices(a, a.shape(), false).places(batch);
      this.storage = device.upload(places, operator + " places");
    }

    @Override
    public void close() {
      storage.release();
    }
  }
}
