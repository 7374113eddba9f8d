package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Fusion;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * An operator that computes one {@link Formula} at every position of tensors that are broadcast as
 * NumPy does.
 *
 * <p>For a cotangent {@code g} the adjoint is {@code g} times the slope of the formula along each
 * input, summed over the axes along which that input was repeated. Keeps the arguments and results
 * that the slopes refer to, and shapes. The adjoint is a formula as well, so that gradients can be
 * differentiated any number of times. Deterministic and stateless: results depend on no thread, and
 * one instance serves any number of concurrent calls.
 */
public final class ElementOperator
    implements BlockingOperator<Tensor>,
        TangentOperator<Tensor>,
        DifferentiableOperator<Tensor>,
        FormulaOperator {

  private static final SumTo SUM_TO = new SumTo();

  private final Formula formula;
  private final Signature signature;
  private final ConcurrentMap<String, ElementOperator> adjoints = new ConcurrentHashMap<>();

  /** The operator of a formula. */
  public ElementOperator(Formula formula) {
    this.formula = formula;
    this.signature = formula.signature();
  }

  private record Shapes(List<Shape> inputs) implements Saved {
    @Override
    public long bytes() {
      return 0;
    }

    int largest() {
      return inputs.stream().mapToInt(Shape::size).max().orElse(0);
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Formula formula() {
    return formula;
  }

  @Override
  public @Nullable Operator<Tensor> fuse(Fusion fusion) {
    return joining(fusion);
  }

  /** The operator of several calls; null if not all have formulas. */
  public static @Nullable Operator<Tensor> joining(Fusion fusion) {
    Formula joined = JoinedFormulas.of(fusion);
    return joined == null ? null : new ElementOperator(joined);
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = formula.operands(call);
    return Outputs.of(value(call, operands))
        .saving(new Shapes(operands.stream().map(Tensor::shape).toList()));
  }

  private Tensor value(OperatorCall call, List<Tensor> operands) {
    return formula
        .kernel()
        .map(call.parallel(), formula.parameters(call), operands.toArray(Tensor[]::new));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return formula.gradients(call, call.cotangent(), call.saved(Shapes.class).inputs());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    return Outputs.of(along(call));
  }

  /** The derivative along the directions of a call, of any operator with these ports. */
  Tensor along(TangentCall call) {
    Tensor y = value(call, formula.operands(call));
    Tensor sum = Tensor.zeros(y.shape(), y.dataType());
    for (int i = 0; i < formula.inputs().size(); i++) {
      if (formula.inputs().get(i).differentiable() && !formula.slope(i).isZero()) {
        Tensor part =
            formula
                .slope(i)
                .times(
                    call.direction(formula.inputs().get(i).name()),
                    call,
                    operand -> operand == formula.result() ? y : formula.operand(call, operand));
        Tensor whole = Reduction.repeatTo(part, y.shape());
        sum = Elementwise.zip(Arithmetic.ADD, sum, whole, call.parallel());
      }
    }
    return sum;
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return gradients(call, call.cotangent("y", Tensor.class));
  }

  /** The gradients of any operator with these ports, for a cotangent of every element. */
  List<@Nullable Object> gradients(VariableCall call, Variable<Tensor> cotangent) {
    List<@Nullable Object> gradients = new ArrayList<>();
    for (int i = 0; i < formula.inputs().size(); i++) {
      Formula.Input input = formula.inputs().get(i);
      if (input.differentiable()) {
        gradients.add(call.needsGrad(input.name()) ? gradient(call, cotangent, i) : null);
      }
    }
    return gradients;
  }

  private Variable<Tensor> gradient(VariableCall call, Variable<Tensor> cotangent, int input) {
    String name = formula.inputs().get(input).name();
    Formula.Slope slope = formula.slope(input);
    if (slope.isZero()) {
      return call.like(name);
    }
    Variable<Tensor> product =
        slope.isOne() ? cotangent : adjoint(input).call(arguments(call, slope, cotangent));
    return formula.inputs().size() == 1 ? product : SUM_TO.call(product, call.like(name));
  }

  private ElementOperator adjoint(int input) {
    String name = formula.inputs().get(input).name();
    return adjoints.computeIfAbsent(
        name, port -> new ElementOperator(formula.slope(input).formula(name)));
  }

  private Arguments arguments(VariableCall call, Formula.Slope slope, Variable<Tensor> cotangent) {
    List<Object> positional = new ArrayList<>();
    positional.add(cotangent);
    for (int operand : slope.operands()) {
      positional.add(
          operand == formula.result()
              ? call.output("y", Tensor.class)
              : call.input(formula.inputs().get(operand).name()));
    }
    Arguments arguments = Arguments.of(positional.toArray());
    for (Formula.Coefficient number : formula.numbers()) {
      if (call.has(number.name())) {
        arguments = arguments.with(number.name(), call.value(number.name(), Number.class));
      }
    }
    return arguments;
  }

  @Override
  public Weight weight(OperatorCall call) {
    int elements =
        call instanceof AdjointCall adjoint
            ? adjoint.saved(Shapes.class).largest()
            : formula.largest(call);
    return Work.weight(elements, formula.steps());
  }
}
