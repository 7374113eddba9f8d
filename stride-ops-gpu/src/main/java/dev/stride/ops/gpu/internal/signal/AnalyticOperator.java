package dev.stride.ops.gpu.internal.signal;

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
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * An {@link AnalyticFunction} of traces as an operator: {@code stride.envelope} and {@code
 * stride.instantaneous-phase}, of ports and meaning as in the standard pack. Saves nothing; the
 * adjoint sees x and transforms it again. Stateless but for a bounded cache of tables.
 */
final class AnalyticOperator implements DeviceCode {

  private final Signature signature;
  private final ComputeDevice device;
  private final AnalyticFunction function;
  private final Check check;

  /** What may refuse traces with their Hilbert transform. */
  private interface Check {
    void of(OperatorCall call, Tensor x, Tensor h);
  }

  private AnalyticOperator(
      String name, ComputeDevice device, AnalyticFunction function, Check check) {
    this.signature = Signature.named(name).input("x").output("y").build();
    this.device = device;
    this.function = function;
    this.check = check;
  }

  static AnalyticOperator envelope(ComputeDevice device, Tables tables) {
    String name = "stride.envelope";
    return new AnalyticOperator(
        name, device, AnalyticFunction.envelope(device, tables, name), (call, x, h) -> {});
  }

  /** Waits for the sizes of the envelope: there is no phase where it vanishes. */
  static AnalyticOperator phase(ComputeDevice device, Tables tables) {
    String name = "stride.instantaneous-phase";
    QuietSamples quiet = new QuietSamples(device, name);
    return new AnalyticOperator(
        name, device, AnalyticFunction.phase(device, tables, name), quiet::refuse);
  }

  static List<Sample> envelopeSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23)),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 7), 23)).described("odd"));
  }

  static List<Sample> phaseSamples() {
    return List.of(Sample.of(turning(12)), Sample.of(turning(2, 3, 7)).described("odd"));
  }

  /** Traces that turn around the origin once, disturbed a little. */
  private static Tensor turning(int... extents) {
    Shape shape = Shape.of(extents);
    Tensor noise = Domain.ALL.of(shape, 23);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      double angle = 2 * Math.PI * (i % shape.extent(-1) + 0.3) / shape.extent(-1);
      values[i] = 3 * Math.cos(angle) + 0.1 * noise.at(i);
    }
    return Tensor.adopt(shape, values);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Signals.checkTime(call, "x", call.tensor("x").shape());
    Tensor x = Operands.on(device, call.tensor("x"));
    try (Scratch scratch = new Scratch()) {
      Tensor h = scratch.keep(function.transform(x));
      check.of(call, x, h);
      return Outputs.of(function.of(x, h));
    }
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    return Gradients.of(function.gradient(x, Operands.on(device, call.cotangent())));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    return Outputs.of(function.change(x, Operands.on(device, call.direction("x"))));
  }
}
