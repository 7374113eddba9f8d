package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.UnaryLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of each element. Its derivative is written in terms of one tensor, the {@link
 * #anchor}: the argument or the result, whichever gives the simpler formula. Saves that tensor
 * alone.
 */
public abstract class ElementFunction
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  /** Simple arithmetic steps that an elementary function takes. */
  private static final long STEPS = 16;

  private final Signature signature;

  /** Takes the name and the auxiliary ports behind {@code x}. */
  protected ElementFunction(String name, Port... auxiliary) {
    String[] names = List.of(auxiliary).stream().map(Port::name).toArray(String[]::new);
    Signature.Builder builder = Signature.named(name).input("x");
    List.of(auxiliary).forEach(builder::input);
    this.signature = builder.output("y").adjointNeeds(names).build();
  }

  /** What the derivative is written in. */
  private record Anchor(Tensor value) implements Saved {
    @Override
    public long bytes() {
      return (long) value.size() * value.dataType().bytes();
    }
  }

  /** The function. */
  protected abstract UnaryLoop function(OperatorCall call);

  /** The tensor that the derivative is written in: {@code x} or {@code y}. */
  protected abstract Tensor anchor(Tensor x, Tensor y);

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
    Tensor x = call.tensor("x");
    Tensor y = value(x, call);
    return Outputs.of(y).saving(new Anchor(anchor(x, y)));
  }

  private Tensor value(Tensor x, OperatorCall call) {
    return Elementwise.map(function(call), x, call.parallel());
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    return Gradients.of(derivative(call.cotangent(), call.saved(Anchor.class).value(), call));
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor x = call.tensor("x");
    return Outputs.of(derivative(call.direction("x"), anchor(x, value(x, call)), call));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(derivative(call.cotangent("y", Tensor.class), call));
  }

  @Override
  public final Weight weight(OperatorCall call) {
    Tensor tensor =
        call instanceof AdjointCall adjoint
            ? adjoint.saved(Anchor.class).value()
            : call.tensor("x");
    return Work.weight(tensor.size(), STEPS);
  }
}
