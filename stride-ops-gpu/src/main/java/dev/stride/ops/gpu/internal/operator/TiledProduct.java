package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.MatrixProduct;
import dev.stride.ops.gpu.internal.kernel.MatrixProduct.Matrices;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.Arrays;
import java.util.List;

/** The product of two stacks of matrices, and its transposes. */
public final class TiledProduct implements BilinearOperator.Bilinear {

  private static final Code ITSELF = Code.of("x", "x");

  private final MatrixProduct products;
  private final Reduction sums;
  private final Shape batch;
  private final Shape left;
  private final Shape right;

  /**
   * A product.
   *
   * @param batch what the batches of both are broadcast to
   * @param left {@code [batch..., m, k]}
   * @param right {@code [batch..., k, n]}
   */
  public TiledProduct(ComputeDevice device, String operator, Shape batch, Shape left, Shape right) {
    this.products = new MatrixProduct(device, operator);
    this.sums = new Reduction(device, operator);
    this.batch = batch;
    this.left = left;
    this.right = right;
  }

  @Override
  public Tensor product(Tensor a, Tensor b) {
    return products.compute(batch, new Matrices(a, left, false), new Matrices(b, right, false));
  }

  @Override
  public Tensor towardsA(Tensor cotangent, Tensor b) {
    return summed(products.compute(batch, result(cotangent), new Matrices(b, right, true)), left);
  }

  @Override
  public Tensor towardsB(Tensor cotangent, Tensor a) {
    return summed(products.compute(batch, new Matrices(a, left, true), result(cotangent)), right);
  }

  private Matrices result(Tensor cotangent) {
    int[] extents = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    extents[batch.rank()] = left.extent(-2);
    extents[batch.rank() + 1] = right.extent(-1);
    return new Matrices(cotangent, Shape.of(extents), false);
  }

  private Tensor summed(Tensor product, Shape shape) {
    if (product.shape().equals(shape)) {
      return product;
    }
    try (Scratch scratch = new Scratch()) {
      Axes repeated = Axes.repeated(shape, product.shape());
      return sums.compute(ITSELF, repeated, 1, List.of(scratch.keep(product)));
    }
  }
}
