package dev.stride.ops.std.internal.signal;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Results;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator that is one {@link PairMap} of all its differentiable inputs, which have one shape
 * and one type; the other inputs, all auxiliary, select the map.
 *
 * <p>The adjoint is the transpose of the map, the tangent the map itself, and gradients of
 * gradients come from {@link TransposedPairOperator}. Saves the map alone.
 */
abstract class PairOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  /** Ports of complex numbers. */
  static final List<String> COMPLEX = List.of("real", "imaginary");

  private final List<String> inputs;
  private final Signature signature;

  /** Takes the names of the ports, and the auxiliary inputs behind them. */
  PairOperator(String name, List<String> inputs, List<String> outputs, Port... auxiliary) {
    this.inputs = inputs;
    Signature.Builder builder = Signature.named(name);
    inputs.forEach(builder::input);
    List.of(auxiliary).forEach(builder::input);
    outputs.forEach(builder::output);
    this.signature = builder.linearIn(inputs.toArray(String[]::new)).adjointNeeds().build();
  }

  /** The map for arguments of this shape, checked. Reads auxiliary arguments of the call only. */
  abstract PairMap map(Shape x, OperatorCall call);

  /** Names of the differentiable inputs. */
  final List<String> inputs() {
    return inputs;
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    List<Tensor> x = inputs.stream().map(call::tensor).toList();
    for (int i = 1; i < x.size(); i++) {
      Operands.sameType(call, inputs.getFirst(), x.getFirst(), inputs.get(i), x.get(i));
      Operands.sameShape(call, inputs.getFirst(), x.getFirst(), inputs.get(i), x.get(i));
    }
    PairMap map = map(x.getFirst().shape(), call);
    return Outputs.of(map.forward(x, call.parallel()).toArray()).saving(map);
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    List<Tensor> cotangents =
        signature.outputs().stream().map(port -> call.cotangent(port.name())).toList();
    return Gradients.of(call.saved(PairMap.class).adjoint(cotangents, call.parallel()).toArray());
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    List<Tensor> directions = inputs.stream().map(call::direction).toList();
    PairMap map = map(directions.getFirst().shape(), call);
    return Outputs.of(map.forward(directions, call.parallel()).toArray());
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Arguments arguments = Arguments.of();
    for (Port port : signature.outputs()) {
      arguments = arguments.with(port.name(), call.cotangent(port.name(), Tensor.class));
    }
    arguments = arguments.with("like", call.like(inputs.getFirst()));
    Results results = new TransposedPairOperator(this).callAll(withAuxiliaries(arguments, call));
    List<@Nullable Object> gradients = new ArrayList<>();
    for (String input : inputs) {
      gradients.add(call.needsGrad(input) ? results.get(input, Tensor.class) : null);
    }
    return gradients;
  }

  /** The arguments and this operator's auxiliary ones, which are all numbers or texts, by name. */
  final Arguments withAuxiliaries(Arguments arguments, VariableCall call) {
    Arguments all = arguments;
    for (Port port : signature.inputs()) {
      if (!port.differentiable() && call.has(port.name())) {
        all = all.with(port.name(), call.value(port.name(), port.type()));
      }
    }
    return all;
  }

  @Override
  public final Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      PairMap map = adjoint.saved(PairMap.class);
      return Work.weight((long) map.from().size() + map.to().size(), 20);
    }
    return Work.weight(2L * call.tensor(inputs.getFirst()).size(), 20);
  }
}
