package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
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
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

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
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = operands(call);
    formula.check(call);
    String first = formula.inputs().getFirst().name();
    for (int i = 1; i < operands.size(); i++) {
      String name = formula.inputs().get(i).name();
      Operands.sameType(call, first, operands.getFirst(), name, operands.get(i));
      for (int k = 0; k < i; k++) {
        String other = formula.inputs().get(k).name();
        Operands.fit(call, other, operands.get(k), name, operands.get(i));
      }
    }
    return Outputs.of(value(call, operands))
        .saving(new Shapes(operands.stream().map(Tensor::shape).toList()));
  }

  private List<Tensor> operands(OperatorCall call) {
    return formula.inputs().stream().map(input -> call.tensor(input.name())).toList();
  }

  private Tensor value(OperatorCall call, List<Tensor> operands) {
    return formula
        .kernel()
        .map(call.parallel(), formula.parameters(call), operands.toArray(Tensor[]::new));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    List<@Nullable Object> gradients = new ArrayList<>();
    List<Shape> shapes = call.saved(Shapes.class).inputs();
    for (int i = 0; i < shapes.size(); i++) {
      Formula.Input input = formula.inputs().get(i);
      if (input.differentiable()) {
        gradients.add(call.needsGrad(input.name()) ? gradient(call, i, shapes.get(i)) : null);
      }
    }
    return Gradients.of(gradients.toArray());
  }

  private Tensor gradient(AdjointCall call, int input, Shape shape) {
    Formula.Slope slope = formula.slope(input);
    if (slope.isZero()) {
      return Tensor.zeros(shape, call.cotangent().dataType());
    }
    Tensor product =
        slope.times(
            call.cotangent(),
            call,
            operand ->
                operand == formula.inputs().size() ? call.output("y") : input(call, operand));
    return Reduction.sumTo(product, shape, call.parallel());
  }

  private Tensor input(OperatorCall call, int operand) {
    return call.tensor(formula.inputs().get(operand).name());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor y = value(call, operands(call));
    Tensor sum = Tensor.zeros(y.shape(), y.dataType());
    for (int i = 0; i < formula.inputs().size(); i++) {
      if (formula.inputs().get(i).differentiable() && !formula.slope(i).isZero()) {
        Tensor part =
            formula
                .slope(i)
                .times(
                    call.direction(formula.inputs().get(i).name()),
                    call,
                    operand -> operand == formula.inputs().size() ? y : input(call, operand));
        Tensor whole = Reduction.repeatTo(part, y.shape());
        sum = Elementwise.zip(Arithmetic.ADD, sum, whole, call.parallel());
      }
    }
    return Outputs.of(sum);
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    List<@Nullable Object> gradients = new ArrayList<>();
    for (int i = 0; i < formula.inputs().size(); i++) {
      Formula.Input input = formula.inputs().get(i);
      if (input.differentiable()) {
        gradients.add(call.needsGrad(input.name()) ? gradient(call, i) : null);
      }
    }
    return gradients;
  }

  private Variable<Tensor> gradient(VariableCall call, int input) {
    String name = formula.inputs().get(input).name();
    Formula.Slope slope = formula.slope(input);
    if (slope.isZero()) {
      return call.like(name);
    }
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
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
          operand == formula.inputs().size()
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
            : operands(call).stream().mapToInt(Tensor::size).max().orElse(0);
    return Work.weight(elements, formula.steps());
  }
}
