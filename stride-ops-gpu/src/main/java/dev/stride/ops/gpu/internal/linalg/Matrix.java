package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.MatrixProduct;
import dev.stride.ops.gpu.internal.kernel.MatrixProduct.Matrices;
import dev.stride.ops.gpu.internal.kernel.Views;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** Products, transposes and triangles of stacks of matrices of one type and batch on a device. */
final class Matrix {

  private static final Code MEAN = Code.of("(a + b) / 2", "a", "b");
  private static final Code MASKED = Code.of("mask == 0 ? 0 : x * mask", "x", "mask");

  private final ComputeDevice device;
  private final MatrixProduct products;
  private final Elements elements;
  private final Views views;

  Matrix(ComputeDevice device, String operator) {
    this.device = device;
    this.products = new MatrixProduct(device, operator);
    this.elements = new Elements(device, operator);
    this.views = new Views(device, operator);
  }

  /** {@code op(a) op(b)}, each turned or not. */
  Tensor times(Tensor a, boolean turnedA, Tensor b, boolean turnedB) {
    return products.compute(
        Stacks.batch(a.shape()),
        new Matrices(a, a.shape(), turnedA),
        new Matrices(b, b.shape(), turnedB));
  }

  Tensor times(Tensor a, Tensor b) {
    return times(a, false, b, false);
  }

  /** Rows and columns exchanged. */
  Tensor turned(Tensor x) {
    int rank = x.shape().rank();
    int[] extents = x.shape().toArray();
    int[] strides = Views.rowMajor(x.shape());
    exchange(extents, rank);
    exchange(strides, rank);
    return views.copy(x, Shape.of(extents), 0, strides);
  }

  private static void exchange(int[] numbers, int rank) {
    int last = numbers[rank - 1];
    numbers[rank - 1] = numbers[rank - 2];
    numbers[rank - 2] = last;
  }

  /** {@code (x + x^T) / 2}. */
  Tensor symmetric(Tensor x) {
    try (Scratch scratch = new Scratch()) {
      return elements.compute(MEAN, x.shape(), List.of(x, scratch.keep(turned(x))));
    }
  }

  /** The lower or the upper triangle, zeros elsewhere; without the diagonal if it is strict. */
  Tensor triangle(Tensor x, boolean upper, boolean strict) {
    return masked(
        x,
        (i, j) -> {
          boolean inside = upper ? j > i : j < i;
          return inside || (i == j && !strict) ? 2 : 0;
        });
  }

  /** The lower triangle with half its diagonal. */
  Tensor halved(Tensor x) {
    return masked(x, (i, j) -> i > j ? 2 : i == j ? 1 : 0);
  }

  /** Elements times half the number of their place. */
  private Tensor masked(Tensor x, IntBinaryOperator halves) {
    int n = x.shape().extent(-1);
    double[] mask = new double[n * n];
    for (int at = 0; at < mask.length; at++) {
      mask[at] = halves.applyAsInt(at / n, at % n) / 2.0;
    }
    Tensor there = device.upload(Tensor.adopt(Shape.of(n, n), mask).cast(x.dataType()));
    try (Scratch scratch = new Scratch()) {
      return elements.compute(MASKED, x.shape(), List.of(x, scratch.keep(there)));
    }
  }

  /** The diagonals, {@code [batch..., k]}. */
  Tensor diagonal(Tensor x) {
    Shape batch = Stacks.batch(x.shape());
    int[] steps = Views.rowMajor(x.shape());
    int[] strides = new int[batch.rank() + 1];
    System.arraycopy(steps, 0, strides, 0, batch.rank());
    strides[batch.rank()] = x.shape().extent(-1) + 1;
    int k = Math.min(x.shape().extent(-2), x.shape().extent(-1));
    return views.copy(x, Stacks.with(batch, k), 0, strides);
  }

  /** An identity, {@code [n, n]}. */
  Tensor identity(int n, DataType type) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return device.upload(Tensor.adopt(Shape.of(n, n), values).cast(type));
  }
}
