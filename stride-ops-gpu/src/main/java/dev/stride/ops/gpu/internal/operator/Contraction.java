package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * The product of two tensors that are broadcast to one space, summed over some of its axes:
 * products of matrices and vectors, and outer products.
 */
final class Contraction implements BilinearOperator.Bilinear {

  private static final Code PRODUCT = Code.of("a * b", "a", "b");

  private final Elements elements;
  private final Reduction sums;
  private final Factor a;
  private final Factor b;
  private final Axes summed;
  private final Shape result;

  /**
   * A factor.
   *
   * @param shape as it is given
   * @param view under which it is broadcast
   */
  record Factor(Shape shape, Shape view) {}

  /**
   * A contraction.
   *
   * @param summed the axes of the space that are summed over
   * @param result the result's shape, of as many elements as are left
   */
  Contraction(
      ComputeDevice device, String operator, Factor a, Factor b, Axes summed, Shape result) {
    this.elements = new Elements(device, operator);
    this.sums = new Reduction(device, operator);
    this.a = a;
    this.b = b;
    this.summed = summed;
    this.result = result;
  }

  @Override
  public Tensor product(Tensor first, Tensor second) {
    return reduced(first.reshape(a.view()), second.reshape(b.view()), summed).reshape(result);
  }

  @Override
  public Tensor towardsA(Tensor cotangent, Tensor second) {
    return towards(a, cotangent, second.reshape(b.view()));
  }

  @Override
  public Tensor towardsB(Tensor cotangent, Tensor first) {
    return towards(b, cotangent, first.reshape(a.view()));
  }

  private Tensor towards(Factor factor, Tensor cotangent, Tensor other) {
    Axes repeated = Axes.repeated(factor.view(), summed.from());
    return reduced(cotangent.reshape(summed.kept()), other, repeated).reshape(factor.shape());
  }

  private Tensor reduced(Tensor first, Tensor second, Axes axes) {
    List<Tensor> operands = List.of(first, second);
    return axes.kept().equals(axes.from())
        ? elements.compute(PRODUCT, axes.from(), operands)
        : sums.compute(PRODUCT, axes, 1, operands);
  }
}
