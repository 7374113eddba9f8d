package dev.stride.ops.std.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.BilinearOperator;
import dev.stride.ops.std.internal.operator.Operands;

/**
 * A product of stacks of matrices, or of vectors that are read as matrices; batch axes are
 * broadcast.
 *
 * <p>The adjoints are products too: {@code g b^T} and {@code a^T g}, summed over the batch axes
 * along which that input was repeated, in float64. Workspace of an adjoint that sums: the product
 * before the sum. float32 products are summed in blocks, and blocks in float64, in an order that
 * depends on the shapes and the library only.
 */
abstract class MatrixOperator extends BilinearOperator {

  MatrixOperator(String name, String a, String b) {
    super(name, a, b);
  }

  /** How the first factor is read as matrices. */
  abstract Shape left(Shape a);

  /** How the second factor is read as matrices. */
  abstract Shape right(Shape b);

  /** The result's shape, of as many elements as the product of the matrices. */
  abstract Shape result(Shape a, Shape b);

  @Override
  protected Tensor product(OperatorCall call, Tensor a, Tensor b) {
    Stored left = Stored.of(a, left(a.shape()));
    Stored right = Stored.of(b, right(b.shape()));
    return Products.chosen()
        .multiply(left, right, call.parallel())
        .reshape(result(a.shape(), b.shape()));
  }

  @Override
  protected Tensor towardsA(OperatorCall call, Tensor cotangent, Tensor b, Shape a) {
    requireResult(call, cotangent, result(a, b.shape()));
    Stored right = Stored.of(b, right(b.shape()));
    Stored g = cotangent(cotangent, left(a), right.view());
    return summed(Products.chosen().multiply(g, right.turned(), call.parallel()), left(a), call)
        .reshape(a);
  }

  @Override
  protected Tensor towardsB(OperatorCall call, Tensor cotangent, Tensor a, Shape b) {
    requireResult(call, cotangent, result(a.shape(), b));
    Stored left = Stored.of(a, left(a.shape()));
    Stored g = cotangent(cotangent, left.view(), right(b));
    return summed(Products.chosen().multiply(left.turned(), g, call.parallel()), right(b), call)
        .reshape(b);
  }

  private static void requireResult(OperatorCall call, Tensor cotangent, Shape result) {
    if (!cotangent.shape().equals(result)) {
      throw Operands.wrong(
          call,
          "`cotangent` has shape "
              + cotangent.shape()
              + "; it must be "
              + result
              + " like the product. Crop, resample or reshape it before the call.");
    }
  }

  private static Stored cotangent(Tensor cotangent, Shape left, Shape right) {
    Shape batch = Shapes.broadcast(Stacks.batch(left), Stacks.batch(right));
    return Stored.of(cotangent, Stacks.with(batch, left.extent(-2), right.extent(-1)));
  }

  private static Tensor summed(Tensor product, Shape view, OperatorCall call) {
    Parallel parallel = call.parallel();
    return Reduction.sumTo(product, view, parallel);
  }

  /** An error that names both inputs if their batch axes cannot be broadcast. */
  static void checkBatches(
      OperatorCall call, String first, Shape a, Shape left, String second, Shape b, Shape right) {
    if (!Shapes.fit(Stacks.batch(left), Stacks.batch(right))) {
      throw new IllegalArgumentException(
          Operands.shapes(call, first, a, second, b)
              + "; extents before the matrices, aligned at the last of them, must be equal or one"
              + " of them 1. Reshape one of them before the call.");
    }
  }

  @Override
  protected long work(Shape a, Shape b) {
    if (a.rank() == 0 || b.rank() == 0) {
      return (long) a.size() * b.size();
    }
    int shared = Math.max(1, left(a).extent(-1));
    return Math.max(a.size(), b.size()) * (long) Math.max(1, Math.min(a.size(), b.size()) / shared);
  }
}
