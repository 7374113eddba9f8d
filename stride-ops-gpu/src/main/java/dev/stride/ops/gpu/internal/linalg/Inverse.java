package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
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
 * The inverse of matrices, on a device; of ports and meaning as {@code stride.inverse} of the
 * standard pack. For a cotangent {@code g} the adjoint is {@code -y^T g y^T}. A call waits for
 * whether a matrix is singular. Keeps its output. Stateless.
 */
final class Inverse implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.inverse")
          .input("a")
          .output("y")
          .adjointNeeds()
          .keepsOutputs("y")
          .build();

  private static final Code NEGATIVE = Code.of("-x", "x");

  private final ComputeDevice device;
  private final Precision precision;
  private final Matrix matrix;
  private final Elements elements;

  Inverse(ComputeDevice device) {
    this.device = device;
    this.precision = new Precision(device, SIGNATURE.name());
    this.matrix = new Matrix(device, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(4, 4)),
        Sample.of(Wells.matrices(2, 1, 3, 3)).described("a stack"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Stacks.checkSquare(call, "a", a.shape());
    return Outputs.of(precision.narrow(inverse(call, a), a.dataType()));
  }

  private Tensor inverse(OperatorCall call, Tensor a) {
    try (Scratch scratch = new Scratch()) {
      Factors factors =
          Factors.of(device, SIGNATURE.name(), precision.wide(a, scratch)).checked(call);
      Tensor identity = scratch.keep(matrix.identity(a.shape().extent(-1), precision.type()));
      Tensor inverse = factors.solve(identity, false);
      factors.release(scratch);
      return inverse;
    }
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor g = Operands.on(device, call.cotangent());
    try (Scratch scratch = new Scratch()) {
      Tensor y = precision.wide(Operands.on(device, call.output("y")), scratch);
      return Gradients.of(around(y, true, precision.wide(g, scratch), g, scratch));
    }
  }

  /** {@code -op(y) x op(y)}, in the type of a tensor. */
  private Tensor around(Tensor y, boolean turned, Tensor x, Tensor like, Scratch scratch) {
    Tensor left = scratch.keep(matrix.times(y, turned, x, false));
    Tensor product = scratch.keep(matrix.times(left, false, y, turned));
    return precision.narrow(
        elements.compute(NEGATIVE, product.shape(), List.of(product)), like.dataType());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Tensor direction = Operands.on(device, call.direction("a"));
    try (Scratch scratch = new Scratch()) {
      Tensor y = scratch.keep(inverse(call, a));
      return Outputs.of(around(y, false, precision.wide(direction, scratch), a, scratch));
    }
  }
}
