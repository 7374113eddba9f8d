package dev.stride.ops.gpu.internal.signal;

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
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * An operator on a device that is one {@link PairMap} of all its differentiable inputs, which have
 * one shape and one type; the other inputs, all auxiliary, select the map, which is all that it
 * saves.
 */
abstract class PairOperator implements DeviceCode {

  /** Ports of complex numbers. */
  static final List<String> COMPLEX = List.of("real", "imaginary");

  private final List<String> inputs;
  private final Signature signature;
  private final ComputeDevice device;
  private final Fourier fourier;

  /** Takes the names of the ports, and the auxiliary inputs behind them. */
  PairOperator(
      String name,
      ComputeDevice device,
      Tables tables,
      List<String> inputs,
      List<String> outputs,
      Port... auxiliary) {
    this.inputs = inputs;
    Signature.Builder builder = Signature.named(name);
    inputs.forEach(builder::input);
    List.of(auxiliary).forEach(builder::input);
    outputs.forEach(builder::output);
    this.signature = builder.linearIn(inputs.toArray(String[]::new)).adjointNeeds().build();
    this.device = device;
    this.fourier = new Fourier(device, tables, name);
  }

  /** The map for arguments of this shape, checked. Reads auxiliary arguments of the call only. */
  abstract PairMap map(Shape x, OperatorCall call);

  final Fourier fourier() {
    return fourier;
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    List<Tensor> x = Operands.on(device, call, inputs);
    Operands.sameType(call, inputs, x);
    Operands.sameShape(call, inputs.getFirst(), x.getFirst(), inputs.getLast(), x.getLast());
    PairMap map = map(x.getFirst().shape(), call);
    return Outputs.of(map.forward(x).toArray()).saving(map);
  }

  @Override
  public final ComputeDevice device() {
    return device;
  }

  @Override
  public final Gradients gradients(AdjointCall call) {
    List<Tensor> cotangents =
        signature.outputs().stream()
            .map(port -> Operands.on(device, call.cotangent(port.name())))
            .toList();
    return Gradients.of(call.saved(PairMap.class).adjoint(cotangents).toArray());
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    List<Tensor> directions =
        inputs.stream().map(input -> Operands.on(device, call.direction(input))).toList();
    PairMap map = map(directions.getFirst().shape(), call);
    return Outputs.of(map.forward(directions).toArray());
  }
}
