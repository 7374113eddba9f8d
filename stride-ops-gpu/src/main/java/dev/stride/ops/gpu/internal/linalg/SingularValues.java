package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The singular values of matrices, on a device; of ports and meaning as {@code
 * stride.singular-values} of the standard pack. The adjoint waits for whether values meet or
 * vanish. Saves the decomposition in the widest type. Stateless.
 */
final class SingularValues implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.singular-values").input("a").output("y").adjointNeeds("a").build();

  private static final Code PRODUCT = Code.of("a * b", "a", "b");

  private final ComputeDevice device;
  private final Precision precision;
  private final Matrix matrix;
  private final Elements elements;

  SingularValues(ComputeDevice device) {
    this.device = device;
    this.precision = new Precision(device, SIGNATURE.name());
    this.matrix = new Matrix(device, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.apart(4, 4)).scaled(0.01),
        Sample.of(Wells.apart(2, 3, 5)).scaled(0.01).described("wide, a stack"),
        Sample.of(Wells.apart(6, 2)).scaled(0.01).described("tall"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    SingularSystem system = system(call, a);
    Tensor values = precision.narrow(device.copy(system.values()), a.dataType());
    return Outputs.of(values).saving(system);
  }

  private SingularSystem system(OperatorCall call, Tensor a) {
    if (a.shape().rank() < 2) {
      throw Operands.wrong(
          call,
          "`a` has shape "
              + a.shape()
              + "; it must be [batch..., m, n]. Reshape it before the call.");
    }
    try (Scratch scratch = new Scratch()) {
      Tensor wide = scratch.keep(precision.owned(a));
      Tensor vectors = isTall(a.shape()) ? scratch.keep(matrix.turned(wide)) : wide;
      return SingularSystem.of(device, SIGNATURE.name(), vectors);
    }
  }

  private static boolean isTall(Shape a) {
    return a.extent(-2) > a.extent(-1);
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    SingularSystem system = call.saved(SingularSystem.class);
    Tensor g = Operands.on(device, call.cotangent());
    system.checkGaps(call, g.toDoubleArray());
    try (Scratch scratch = new Scratch()) {
      Shape shape = system.shorter().shape();
      Shape each = Stacks.with(Stacks.batch(shape), shape.extent(-1), 1);
      Tensor factors = precision.wide(g, scratch).reshape(each);
      Tensor scaled =
          scratch.keep(elements.compute(PRODUCT, shape, List.of(system.shorter(), factors)));
      Tensor whole =
          isTall(call.tensor("a").shape())
              ? matrix.times(system.longer(), true, scaled, false)
              : matrix.times(scaled, true, system.longer(), false);
      return Gradients.of(precision.narrow(whole, g.dataType()));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    SingularSystem system = system(call, a);
    system.checkGaps(call);
    try (Scratch scratch = new Scratch()) {
      scratch.keep(system.values());
      Tensor shorter = scratch.keep(system.shorter());
      Tensor longer = scratch.keep(system.longer());
      Tensor direction = precision.wide(Operands.on(device, call.direction("a")), scratch);
      boolean tall = isTall(a.shape());
      Tensor left = scratch.keep(matrix.times(tall ? longer : shorter, direction));
      Tensor seen = scratch.keep(matrix.times(left, false, tall ? shorter : longer, true));
      return Outputs.of(precision.narrow(matrix.diagonal(seen), a.dataType()));
    }
  }
}
