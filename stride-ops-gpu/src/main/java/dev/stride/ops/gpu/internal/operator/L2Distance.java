package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * Half the squared L2 distance between modelled and observed traces, on a device; of ports and
 * meaning as {@code stride.l2-distance} of the standard pack. With weights {@code w}, 1 if they are
 * left out, and a cotangent {@code g} the adjoint is {@code g w (modelled - observed)}, and minus
 * that. Saves nothing; the adjoint sees the arguments. Stateless.
 */
final class L2Distance implements BlockingOperator<Tensor>, TangentOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.l2-distance")
          .input("modelled")
          .input("observed")
          .input(Port.auxiliary("weights", Tensor.class).optional())
          .output("loss")
          .build();

  private static final String RESIDUAL = "(modelled - observed)";

  private final ComputeDevice device;
  private final Reduction sums;
  private final Elements elements;

  L2Distance(ComputeDevice device) {
    this.device = device;
    this.sums = new Reduction(device, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name() + " (adjoint)");
  }

  static List<Sample> samples() {
    Tensor modelled = Domain.ALL.of(Shape.of(2, 3, 16), 21);
    Tensor observed = Domain.POSITIVE.of(modelled.shape(), 25);
    return List.of(
        Sample.of(modelled, observed),
        Sample.of(modelled, observed, Domain.POSITIVE.of(modelled.shape(), 26))
            .described("weighted"),
        Sample.of(Domain.ALL.of(Shape.SCALAR, 21), Domain.POSITIVE.of(Shape.SCALAR, 28)),
        Sample.of(modelled.times(1e-6), observed.times(1e-6)).described("faint traces"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  private static List<String> ports(OperatorCall call) {
    return call.has("weights")
        ? List.of("modelled", "observed", "weights")
        : List.of("modelled", "observed");
  }

  /** An expression of the residual, weighted where there are weights. */
  private static Code code(OperatorCall call, String text, String... more) {
    List<String> operands = new ArrayList<>(ports(call));
    operands.addAll(List.of(more));
    return new Code(call.has("weights") ? "weights * " + text : text, operands, List.of());
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<String> ports = ports(call);
    List<Tensor> operands = Operands.on(device, call, ports);
    Operands.sameType(call, ports, operands);
    for (int i = 1; i < ports.size(); i++) {
      Operands.sameShape(call, "modelled", operands.getFirst(), ports.get(i), operands.get(i));
    }
    Code squares = code(call, RESIDUAL + " * " + RESIDUAL);
    return Outputs.of(sums.compute(squares, all(call), 2, operands));
  }

  private static Axes all(OperatorCall call) {
    return Axes.all(call.tensor("modelled").shape());
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(
        call.needsGrad("modelled") ? gradient(call, "cotangent * " + RESIDUAL) : null,
        call.needsGrad("observed") ? gradient(call, "-cotangent * " + RESIDUAL) : null);
  }

  private Tensor gradient(AdjointCall call, String text) {
    List<Tensor> operands = new ArrayList<>(Operands.on(device, call, ports(call)));
    operands.add(Operands.on(device, call.cotangent()));
    return elements.compute(
        code(call, text, "cotangent"), call.tensor("modelled").shape(), operands);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> operands = new ArrayList<>(Operands.on(device, call, ports(call)));
    operands.add(Operands.on(device, call.direction("modelled")));
    operands.add(Operands.on(device, call.direction("observed")));
    Code change = code(call, RESIDUAL + " * (first - second)", "first", "second");
    return Outputs.of(sums.compute(change, all(call), 1, operands));
  }
}
