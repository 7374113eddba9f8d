package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.operator.Contraction.Factor;
import java.util.Arrays;
import java.util.List;

/**
 * Products of matrices and vectors, on a device; of ports and meaning as {@code stride.matmul},
 * {@code stride.matvec} and {@code stride.outer} of the standard pack. For a cotangent {@code g}
 * the adjoints are {@code g b^T} and {@code a^T g}, summed over the batch axes along which that
 * input was repeated. Stateless.
 */
final class MatrixOperator extends BilinearOperator {

  private final String name;
  private final Kind kind;
  private final ComputeDevice device;

  private enum Kind {
    MATMUL,
    MATVEC,
    OUTER
  }

  private MatrixOperator(String name, Kind kind, String second, ComputeDevice device) {
    super(name, device, "a", second);
    this.name = name;
    this.kind = kind;
    this.device = device;
  }

  static MatrixOperator matmul(ComputeDevice device) {
    return new MatrixOperator("stride.matmul", Kind.MATMUL, "b", device);
  }

  static MatrixOperator matvec(ComputeDevice device) {
    return new MatrixOperator("stride.matvec", Kind.MATVEC, "x", device);
  }

  static MatrixOperator outer(ComputeDevice device) {
    return new MatrixOperator("stride.outer", Kind.OUTER, "b", device);
  }

  static List<Sample> matmulSamples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(7, 3)),
        of(Shape.of(2, 140), Shape.of(140, 5)).described("more than a block deep"),
        of(Shape.of(2, 1, 2, 3), Shape.of(3, 3, 2)).described("both stacks are repeated"),
        of(Shape.of(4), Shape.of(2, 4, 3)).described("one row for a stack"),
        of(Shape.of(2, 3, 4), Shape.of(4)).described("one column for a stack"));
  }

  static List<Sample> matvecSamples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(7)),
        of(Shape.of(2, 1, 2, 3), Shape.of(3, 3)).described("both stacks are repeated"));
  }

  static List<Sample> outerSamples() {
    return List.of(
        of(Shape.of(4), Shape.of(7)), of(Shape.of(2, 2), Shape.of(1, 3)).described("two matrices"));
  }

  private static Sample of(Shape a, Shape b) {
    return Sample.of(Domain.ALL.of(a, 23), Domain.POSITIVE.of(b, 26));
  }

  @Override
  protected Bilinear bilinear(OperatorCall call, Tensor a, Tensor b) {
    return switch (kind) {
      case MATMUL -> matmul(call, a, b);
      case MATVEC -> matvec(call, a, b);
      case OUTER -> outer(a.shape(), b.shape());
    };
  }

  private Bilinear matmul(OperatorCall call, Tensor a, Tensor b) {
    requireAxes(call, "a", a);
    requireAxes(call, "b", b);
    Shape left = a.shape().rank() == 1 ? with(Shape.SCALAR, 1, a.size()) : a.shape();
    Shape right = b.shape().rank() == 1 ? with(Shape.SCALAR, b.size(), 1) : b.shape();
    if (left.extent(-1) != right.extent(-2)) {
      throw Operands.wrong(
          call,
          Operands.shapes("a", a, "b", b)
              + "; the last extent of `a` must be "
              + (right.rank() == 2 ? "the first of `b`" : "the last but one of `b`")
              + ". Transpose or crop one of them.");
    }
    Shape batch = batches(call, "a", a, batch(left), "b", b, batch(right));
    Shape result = result(batch, a.shape(), b.shape());
    if (right.extent(-1) == 1) {
      Shape row = with(batch(right), 1, right.extent(-2));
      return contraction(a.shape(), left, b.shape(), row, -1, result);
    } else if (left.extent(-2) == 1) {
      Shape column = with(batch(left), left.extent(-1), 1);
      return contraction(a.shape(), column, b.shape(), right, -2, result);
    }
    return new TiledProduct(device, name, batch, left, right);
  }

  private static void requireAxes(OperatorCall call, String port, Tensor tensor) {
    if (tensor.shape().rank() == 0) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` is a scalar; it must be a vector, a matrix or a stack of them. Use"
              + " stride.multiply.");
    }
  }

  private Bilinear matvec(OperatorCall call, Tensor a, Tensor x) {
    if (a.shape().rank() < 2
        || x.shape().rank() < 1
        || a.shape().extent(-1) != x.shape().extent(-1)) {
      throw Operands.wrong(
          call,
          Operands.shapes("a", a, "x", x)
              + "; they must be [batch..., m, k] and [batch..., k]. Transpose or reshape one of"
              + " them.");
    }
    Shape vectors = Shape.of(Arrays.copyOf(x.shape().toArray(), x.shape().rank() - 1));
    Shape batch = batches(call, "a", a, batch(a.shape()), "x", x, vectors);
    Shape row = with(vectors, 1, x.shape().extent(-1));
    Shape result = with(batch, a.shape().extent(-2));
    return contraction(a.shape(), a.shape(), x.shape(), row, -1, result);
  }

  private Bilinear outer(Shape a, Shape b) {
    int[] ones = new int[b.rank()];
    Arrays.fill(ones, 1);
    Shape space = with(a, b.toArray());
    Axes none = Axes.of(space, new boolean[space.rank()], true);
    return new Contraction(
        device, name, new Factor(a, with(a, ones)), new Factor(b, b), none, space);
  }

  /** Matrices whose product has one row or one column, as vectors that are broadcast. */
  private Contraction contraction(
      Shape a, Shape viewA, Shape b, Shape viewB, int removed, Shape result) {
    Shape space = Operands.common(viewA, viewB);
    boolean[] marks = new boolean[space.rank()];
    marks[space.rank() + removed] = true;
    return new Contraction(
        device,
        name,
        new Factor(a, viewA),
        new Factor(b, viewB),
        Axes.of(space, marks, true),
        result);
  }

  private static Shape result(Shape batch, Shape a, Shape b) {
    int[] extents = new int[2];
    int axes = 0;
    if (a.rank() > 1) {
      extents[axes++] = a.extent(-2);
    }
    if (b.rank() > 1) {
      extents[axes++] = b.extent(-1);
    }
    return with(batch, Arrays.copyOf(extents, axes));
  }

  /** The extents before the last two. */
  private static Shape batch(Shape matrices) {
    return Shape.of(Arrays.copyOf(matrices.toArray(), matrices.rank() - 2));
  }

  private static Shape with(Shape batch, int... extents) {
    int[] all = Arrays.copyOf(batch.toArray(), batch.rank() + extents.length);
    System.arraycopy(extents, 0, all, batch.rank(), extents.length);
    return Shape.of(all);
  }

  private static Shape batches(
      OperatorCall call,
      String first,
      Tensor a,
      Shape batchA,
      String second,
      Tensor b,
      Shape batchB) {
    if (!Operands.fit(batchA, batchB)) {
      throw Operands.wrong(
          call,
          Operands.shapes(first, a, second, b)
              + "; extents before the matrices, aligned at the last of them, must be equal or one"
              + " of them 1. Reshape one of them before the call.");
    }
    return Operands.common(batchA, batchB);
  }
}
