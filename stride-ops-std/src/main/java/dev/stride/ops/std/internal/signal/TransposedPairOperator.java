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
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transpose of a {@link PairOperator} as an operator of its own, so that gradients can be
 * differentiated again. Its inputs are the cotangents of the original's outputs, under their names;
 * its outputs are the gradients of the original's inputs.
 *
 * <p>The auxiliary {@code like} tells the shape of the original inputs; its values are not used.
 */
final class TransposedPairOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final PairOperator original;
  private final List<String> inputs;
  private final Signature signature;

  TransposedPairOperator(PairOperator original) {
    this.original = original;
    this.inputs = original.signature().outputs().stream().map(Port::name).toList();
    Signature.Builder builder = Signature.named(original.name() + "-adjoint");
    inputs.forEach(builder::input);
    builder.auxiliary("like", Tensor.class);
    original.signature().inputs().stream()
        .filter(port -> !port.differentiable())
        .forEach(builder::input);
    original.inputs().forEach(builder::output);
    this.signature = builder.linearIn(inputs.toArray(String[]::new)).adjointNeeds().build();
  }

  @Override
  public Signature signature() {
    return signature;
  }

  private PairMap map(OperatorCall call) {
    return original.map(call.tensor("like").shape(), call);
  }

  @Override
  public Outputs forward(ForwardCall call) {
    PairMap map = map(call);
    List<Tensor> cotangents = inputs.stream().map(call::tensor).toList();
    for (int i = 0; i < cotangents.size(); i++) {
      if (!cotangents.get(i).shape().equals(map.to())) {
        throw Operands.wrong(
            call,
            "`"
                + inputs.get(i)
                + "` has shape "
                + cotangents.get(i).shape()
                + "; the output of "
                + original.name()
                + " has shape "
                + map.to()
                + ". Give a cotangent of that shape.");
      }
    }
    return Outputs.of(map.adjoint(cotangents, call.parallel()).toArray()).saving(map);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    List<Tensor> cotangents = original.inputs().stream().map(call::cotangent).toList();
    return Gradients.of(call.saved(PairMap.class).forward(cotangents, call.parallel()).toArray());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> directions = inputs.stream().map(call::direction).toList();
    return Outputs.of(map(call).adjoint(directions, call.parallel()).toArray());
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Arguments arguments = Arguments.of();
    for (String input : original.inputs()) {
      Variable<Tensor> cotangent = call.cotangent(input, Tensor.class);
      arguments = arguments.with(input, cotangent);
    }
    Results results = original.callAll(original.withAuxiliaries(arguments, call));
    List<@Nullable Object> gradients = new ArrayList<>();
    for (String input : inputs) {
      gradients.add(call.needsGrad(input) ? results.get(input, Tensor.class) : null);
    }
    return gradients;
  }

  @Override
  public Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      PairMap map = adjoint.saved(PairMap.class);
      return Work.weight((long) map.from().size() + map.to().size(), 20);
    }
    return Work.weight(2L * call.tensor("like").size(), 20);
  }
}
