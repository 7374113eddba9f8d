package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.kernel.Scans;
import java.util.ArrayList;
import java.util.List;

/**
 * The product over axes, on a device; of ports and meaning as {@code stride.product} of the
 * standard pack. The adjoint is the cotangent times the product of the other elements, without a
 * division. Keeps x. Stateless.
 */
final class Product implements DeviceCode {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Signature SIGNATURE =
      Signature.named("stride.product")
          .input("x")
          .input(AxesPorts.axes())
          .input(AxesPorts.keepdims())
          .output("y")
          .build();

  private final ComputeDevice device;
  private final Reduction products;
  private final Reduction sums;
  private final Scans scans;

  Product(ComputeDevice device) {
    this.device = device;
    this.products = new Reduction(device, SIGNATURE.name(), Fold.PRODUCT);
    this.sums = new Reduction(device, SIGNATURE.name());
    this.scans = new Scans(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ReductionSamples.of(Domain.POSITIVE));
    Tensor zeros = Tensor.of(Shape.of(4, 3), 1.0, 0, 2, 3, -2, 0, 0.5, 4, 0, 1, 2, 3);
    samples.add(Sample.of(zeros, List.of(0)).described("no zero, one, and two"));
    return samples;
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    return Outputs.of(products.compute(ITSELF, AxesPorts.of(call, x.shape()), 1, List.of(x)));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = AxesPorts.of(call, x.shape());
    Tensor cotangent = Operands.on(device, call.cotangent()).reshape(axes.kept());
    return Gradients.of(scans.productsOfOthers(axes, x, cotangent));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = AxesPorts.of(call, x.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor ones = scratch.keep(device.filled(axes.kept(), x.dataType(), 1));
      Tensor slopes = scratch.keep(scans.productsOfOthers(axes, x, ones));
      Tensor direction = Operands.on(device, call.direction("x"));
      return Outputs.of(sums.compute(PRODUCT, axes, 1, List.of(direction, slopes)));
    }
  }
}
