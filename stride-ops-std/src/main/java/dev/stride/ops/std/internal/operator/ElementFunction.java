package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.UnaryLoop;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function of each element. Its derivative is written in terms of one tensor, the {@link Anchor}:
 * the argument or the result, whichever gives the simpler formula. That tensor alone is kept.
 */
public abstract class ElementFunction
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  /** Simple arithmetic steps that an elementary function takes. */
  private static final long STEPS = 16;

  /** What a derivative is written in. */
  protected enum Anchor {
    /** The argument, {@code x}. */
    ARGUMENT,
    /** The result, {@code y}. */
    RESULT
  }

  private final Signature signature;
  private final Anchor anchor;

  /** Takes the name and the auxiliary ports behind {@code x}. */
  protected ElementFunction(String name, Anchor anchor, Port... auxiliary) {
    Signature.Builder builder = Signature.named(name).input("x");
    List.of(auxiliary).forEach(builder::input);
    Stream<String> needed = Stream.of(auxiliary).map(Port::name);
    if (anchor == Anchor.ARGUMENT) {
      needed = Stream.concat(Stream.of("x"), needed);
    } else {
      builder.keepsOutputs("y");
    }
    this.signature = builder.output("y").adjointNeeds(needed.toArray(String[]::new)).build();
    this.anchor = anchor;
  }

  /** The function. */
  protected abstract UnaryLoop function(OperatorCall call);

  /** The derivative at the anchor times {@code v}. */
  protected abstract Tensor derivative(Tensor v, Tensor anchor, OperatorCall call);

  /** The derivative times {@code v}, on variables. */
  protected abstract Variable<Tensor> derivative(Variable<Tensor> v, VariableCall call);

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    return Outputs.of(value(call.tensor("x"), call));
  }

  private Tensor value(Tensor x, OperatorCall call) {
    return Elementwise.map(function(call), x, call.parallel());
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    return Gradients.of(derivative(call.cotangent(), anchor(call), call));
  }

  private Tensor anchor(AdjointCall call) {
    return anchor == Anchor.ARGUMENT ? call.tensor("x") : call.output("y");
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor x = call.tensor("x");
    Tensor anchored = anchor == Anchor.ARGUMENT ? x : value(x, call);
    return Outputs.of(derivative(call.direction("x"), anchored, call));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(derivative(call.cotangent("y", Tensor.class), call));
  }

  @Override
  public final Weight weight(OperatorCall call) {
    Tensor tensor = call instanceof AdjointCall adjoint ? anchor(adjoint) : call.tensor("x");
    return Work.weight(tensor.size(), STEPS);
  }
}
