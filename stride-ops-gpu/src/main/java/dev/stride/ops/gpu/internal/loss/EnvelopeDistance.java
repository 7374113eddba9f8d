package dev.stride.ops.gpu.internal.loss;

import static dev.stride.ops.gpu.internal.loss.TraceChecks.MODELLED;
import static dev.stride.ops.gpu.internal.loss.TraceChecks.OBSERVED;
import static dev.stride.ops.gpu.internal.loss.TraceChecks.WEIGHTS;

import dev.stride.api.AdjointCall;
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
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Scratch;
import dev.stride.ops.gpu.internal.signal.AnalyticFunction;
import java.util.List;

/**
 * Half the squared L2 distance between the envelopes of traces, on a device; of ports and meaning
 * as {@code stride.envelope-distance} of the standard pack. The adjoint is that of the envelope for
 * the weighted residual. Saves nothing; the adjoint sees the arguments. Stateless but for a bounded
 * cache of tables.
 */
final class EnvelopeDistance implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.envelope-distance")
          .input(MODELLED)
          .input(OBSERVED)
          .input(Port.auxiliary(WEIGHTS, Tensor.class).optional())
          .output("loss")
          .build();

  private static final Code DIFFERENCE = Code.of("a - b", "a", "b");
  private static final Code SQUARES = Code.of("w * r * r", "r", "w");
  private static final Code TOWARDS_MODELLED = Code.of("g * w * r", "r", "w", "g");
  private static final Code TOWARDS_OBSERVED = Code.of("-g * w * r", "r", "w", "g");
  private static final Code CHANGE = Code.of("w * r * (a - b)", "r", "w", "a", "b");

  private final ComputeDevice device;
  private final AnalyticFunction envelope;
  private final Elements elements;
  private final Reduction sums;

  EnvelopeDistance(ComputeDevice device, Tables tables) {
    this.device = device;
    this.envelope = AnalyticFunction.envelope(device, tables, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name());
    this.sums = new Reduction(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 16)),
        of(Shape.of(2, 15))
            .with(WEIGHTS, Domain.POSITIVE.of(Shape.of(2, 15), 26))
            .described("odd, weighted"));
  }

  private static Sample of(Shape shape) {
    return Sample.of(Domain.ALL.of(shape, 23), Domain.POSITIVE.of(shape, 25));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor modelled = call.tensor(MODELLED);
    TraceChecks.alike(call, modelled, call.tensor(OBSERVED));
    if (call.has(WEIGHTS)) {
      List<String> ports = List.of(MODELLED, WEIGHTS);
      Operands.sameType(call, ports, List.of(modelled, call.tensor(WEIGHTS)));
      Operands.sameShape(call, MODELLED, modelled, WEIGHTS, call.tensor(WEIGHTS));
    }
    try (Scratch scratch = new Scratch()) {
      Axes all = Axes.all(modelled.shape());
      return Outputs.of(
          sums.compute(SQUARES, all, 2, List.of(residual(call, scratch), weights(call, scratch))));
    }
  }

  private Tensor residual(OperatorCall call, Scratch scratch) {
    Tensor modelled = scratch.keep(envelope.of(operand(call, MODELLED)));
    Tensor observed = scratch.keep(envelope.of(operand(call, OBSERVED)));
    return scratch.keep(
        elements.compute(DIFFERENCE, modelled.shape(), List.of(modelled, observed)));
  }

  private Tensor operand(OperatorCall call, String port) {
    return Operands.on(device, call.tensor(port));
  }

  private Tensor weights(OperatorCall call, Scratch scratch) {
    return call.has(WEIGHTS)
        ? operand(call, WEIGHTS)
        : scratch.keep(device.filled(Shape.SCALAR, call.tensor(MODELLED).dataType(), 1));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    try (Scratch scratch = new Scratch()) {
      List<Tensor> operands =
          List.of(
              residual(call, scratch),
              weights(call, scratch),
              Operands.on(device, call.cotangent()));
      return Gradients.of(
          call.needsGrad(MODELLED)
              ? gradient(call, MODELLED, TOWARDS_MODELLED, operands, scratch)
              : null,
          call.needsGrad(OBSERVED)
              ? gradient(call, OBSERVED, TOWARDS_OBSERVED, operands, scratch)
              : null);
    }
  }

  private Tensor gradient(
      OperatorCall call, String port, Code code, List<Tensor> operands, Scratch scratch) {
    Tensor traces = operand(call, port);
    Tensor cotangent = scratch.keep(elements.compute(code, traces.shape(), operands));
    return envelope.gradient(traces, cotangent);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    try (Scratch scratch = new Scratch()) {
      List<Tensor> operands =
          List.of(
              residual(call, scratch),
              weights(call, scratch),
              change(call, MODELLED, scratch),
              change(call, OBSERVED, scratch));
      Axes all = Axes.all(call.tensor(MODELLED).shape());
      return Outputs.of(sums.compute(CHANGE, all, 1, operands));
    }
  }

  private Tensor change(TangentCall call, String port, Scratch scratch) {
    Tensor direction = Operands.on(device, call.direction(port));
    return scratch.keep(envelope.change(operand(call, port), direction));
  }
}
