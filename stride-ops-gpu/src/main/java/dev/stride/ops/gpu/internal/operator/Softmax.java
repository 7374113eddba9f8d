package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * Exponentials along an axis, divided by their sum, on a device; of ports and meaning as {@code
 * stride.softmax} of the standard pack. For a cotangent {@code g} the adjoint is {@code y_i (g_i -
 * sum_k g_k y_k)}. Keeps y. Stateless.
 */
final class Softmax implements DeviceCode {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code EXPONENTIAL = Code.of("exp(x - most)", "x", "most");
  private static final Code QUOTIENT = Code.of("a / b", "a", "b");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code DERIVATIVE = Code.of("y * (v - mean)", "v", "y", "mean");
  private static final Signature SIGNATURE =
      Signature.named("stride.softmax")
          .input("x")
          .input(Port.auxiliary("axis", Number.class).optional())
          .output("y")
          .adjointNeeds("axis")
          .keepsOutputs("y")
          .build();

  private final ComputeDevice device;
  private final Elements elements;
  private final Reduction sums;
  private final Reduction largest;

  Softmax(ComputeDevice device) {
    this.device = device;
    this.elements = new Elements(device, SIGNATURE.name());
    this.sums = new Reduction(device, SIGNATURE.name());
    this.largest = new Reduction(device, SIGNATURE.name(), Fold.LARGEST);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23)),
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23), 0).described("columns"),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 5), 23), 1).described("a middle axis"),
        Sample.of(Tensor.random(Shape.of(0, 3), DataType.FLOAT64, 23), 1).described("empty"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(value(call));
  }

  private Tensor value(OperatorCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = AxesPorts.one(call, x.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor most = scratch.keep(largest.compute(ITSELF, axes, 1, List.of(x)));
      Tensor terms = scratch.keep(elements.compute(EXPONENTIAL, x.shape(), List.of(x, most)));
      Tensor sum = scratch.keep(sums.compute(ITSELF, axes, 1, List.of(terms)));
      return elements.compute(QUOTIENT, x.shape(), List.of(terms, sum));
    }
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor y = Operands.on(device, call.output("y"));
    return Gradients.of(derivative(call, Operands.on(device, call.cotangent()), y));
  }

  /** The derivative along a direction, which is its own transpose. */
  private Tensor derivative(OperatorCall call, Tensor v, Tensor y) {
    Axes axes = AxesPorts.one(call, y.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor mean = scratch.keep(sums.compute(PRODUCT, axes, 1, List.of(v, y)));
      return elements.compute(DERIVATIVE, y.shape(), List.of(v, y, mean));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    try (Scratch scratch = new Scratch()) {
      Tensor y = scratch.keep(value(call));
      return Outputs.of(derivative(call, Operands.on(device, call.direction("x")), y));
    }
  }
}
