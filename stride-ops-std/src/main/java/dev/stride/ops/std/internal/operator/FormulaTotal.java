package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Terms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum or mean of a {@link Formula} of tensors, {@code y = sum f(x, ...)}, whose terms are not
 * stored.
 *
 * <p>For a cotangent {@code g} the adjoint is that of the formula at the adjoint of the sum. Saves
 * shapes; the adjoint sees the arguments that slopes refer to. Results depend on no thread.
 * Stateless: one instance serves any number of concurrent calls.
 */
final class FormulaTotal
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final Formula formula;
  private final ElementOperator elements;
  private final TotalOperator total;
  private final Signature signature;

  FormulaTotal(Formula formula, TotalOperator total) {
    this.formula = formula;
    this.elements = new ElementOperator(formula);
    this.total = total;
    this.signature = elements.signature();
  }

  /** What the adjoint needs of a call besides arguments. */
  private record Kept(List<Shape> inputs, LinearMap map) implements Saved {
    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = formula.operands(call);
    Terms terms = formula.kernel().terms(formula.parameters(call), operands.toArray(Tensor[]::new));
    TermsMap map = total.map(terms.shape(), call);
    return Outputs.of(map.forward(terms, call.parallel()))
        .saving(new Kept(operands.stream().map(Tensor::shape).toList(), map));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Kept kept = call.saved(Kept.class);
    Tensor cotangent = kept.map().adjoint(call.cotangent(), call.parallel());
    return formula.gradients(call, cotangent, kept.inputs());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor direction = elements.along(call);
    return Outputs.of(total.map(direction.shape(), call).forward(direction, call.parallel()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    Operator<Tensor> repeat = new TransposedOperator(total);
    return elements.gradients(call, repeat.call(cotangent, terms(call)));
  }

  /** The terms, for their shape. */
  private Variable<Tensor> terms(VariableCall call) {
    Arguments arguments = Arguments.of();
    for (Port port : signature.inputs()) {
      arguments = arguments.with(port.name(), argument(call, port));
    }
    return call.engine().call(elements, arguments).get("y", Tensor.class).detach();
  }

  private static Object argument(VariableCall call, Port port) {
    return port.type() == Tensor.class
        ? call.like(port.name())
        : call.value(port.name(), Number.class);
  }

  @Override
  public Weight weight(OperatorCall call) {
    int elements =
        call instanceof AdjointCall adjoint
            ? adjoint.saved(Kept.class).map().from().size()
            : formula.largest(call);
    return Work.weight(elements, formula.steps());
  }
}
