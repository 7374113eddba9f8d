package dev.stride.ops.std.internal.loss;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
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
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Derivatives;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Terms;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loss that is a sum over elements, {@code loss = sum(w * rho(e))} with {@code e = x}, or {@code
 * e = modelled - observed}, and weights {@code w} that are 1 if they are left out.
 *
 * <p>For a cotangent {@code g} the adjoint is {@code g * w * rho'(e)} for {@code x} or {@code
 * modelled}, and minus that for {@code observed}. Saves nothing; the adjoint sees the arguments.
 * Forward allocates a few KiB a thread, the adjoint what it returns. Terms are summed in float64 in
 * a fixed order, so results do not depend on threads. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class ElementLoss
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final String WEIGHTS = "weights";

  /** Elementary functions are what costs. */
  private static final long STEPS = 16;

  private final LossFormula formula;
  private final Consumer<OperatorCall> check;
  private final Signature signature;
  private final ConcurrentMap<Part, Kernel> kernels = new ConcurrentHashMap<>();
  private final ConcurrentMap<Part, ElementOperator> adjoints = new ConcurrentHashMap<>();

  /** The terms, or with an input their slope along it; with weights or without. */
  private record Part(int input, boolean weighted) {

    static final int TERMS = -1;
  }

  /**
   * A loss.
   *
   * @param check checks the arguments, with an error that says what to do
   */
  ElementLoss(LossFormula formula, Consumer<OperatorCall> check) {
    this.formula = formula;
    this.check = check;
    Signature.Builder builder = Signature.named(formula.name());
    formula.inputs().forEach(builder::input);
    for (LossFormula.Coefficient number : formula.numbers()) {
      Port port = Port.auxiliary(number.name(), Number.class);
      builder.input(number.fallback() == null ? port : port.optional());
    }
    this.signature =
        builder.input(Port.auxiliary(WEIGHTS, Tensor.class).optional()).output("loss").build();
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = operands(call);
    String first = formula.inputs().getFirst();
    for (int i = 1; i < operands.size(); i++) {
      String name = i < formula.inputs().size() ? formula.inputs().get(i) : WEIGHTS;
      Operands.sameType(call, first, operands.getFirst(), name, operands.get(i));
      Operands.sameShape(call, first, operands.getFirst(), name, operands.get(i));
    }
    check.accept(call);
    Terms terms =
        kernel(call, Part.TERMS).terms(parameters(call, 1), operands.toArray(Tensor[]::new));
    double sum = Reduction.sum(terms, call.parallel());
    return Outputs.of(Tensor.scalar(sum, operands.getFirst().dataType()));
  }

  private List<Tensor> operands(OperatorCall call) {
    List<Tensor> operands = new ArrayList<>();
    formula.inputs().forEach(input -> operands.add(call.tensor(input)));
    if (call.has(WEIGHTS)) {
      operands.add(call.tensor(WEIGHTS));
    }
    return operands;
  }

  private Tensor apply(OperatorCall call, int part, double factor, List<Tensor> operands) {
    return kernel(call, part)
        .map(call.parallel(), parameters(call, factor), operands.toArray(Tensor[]::new));
  }

  private Kernel kernel(OperatorCall call, int part) {
    return kernels.computeIfAbsent(new Part(part, call.has(WEIGHTS)), this::kernel);
  }

  private double[] parameters(OperatorCall call, double factor) {
    double[] parameters = Arrays.copyOf(numbers(call), formula.numbers().size() + 1);
    parameters[parameters.length - 1] = factor;
    return parameters;
  }

  private double[] numbers(OperatorCall call) {
    return formula.numbers().stream()
        .mapToDouble(number ->
            number.fallback() == null
                ? call.number(number.name())
                : call.number(number.name(), number.fallback()))
        .toArray();
  }

  /** The operands are the inputs and the weights; the parameter behind the numbers is a factor. */
  private Kernel kernel(Part part) {
    int inputs = formula.inputs().size();
    Expression factor = Expression.parameter(formula.numbers().size());
    return Kernel.of(
        expression(part, 0).times(part.input() == Part.TERMS ? Expression.constant(1) : factor),
        inputs + (part.weighted() ? 1 : 0));
  }

  /** The part in terms of operands that begin at {@code first}. */
  private Expression expression(Part part, int first) {
    int inputs = formula.inputs().size();
    Expression terms = formula.terms(first);
    Expression wanted =
        part.input() == Part.TERMS ? terms : Derivatives.of(terms, first + part.input());
    return part.weighted() ? Expression.operand(first + inputs).times(wanted) : wanted;
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    double g = call.cotangent().item();
    List<Tensor> operands = operands(call);
    List<@Nullable Object> gradients = new ArrayList<>();
    for (int i = 0; i < formula.inputs().size(); i++) {
      gradients.add(call.needsGrad(formula.inputs().get(i)) ? apply(call, i, g, operands) : null);
    }
    return Gradients.of(gradients.toArray());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> operands = operands(call);
    double sum = 0;
    for (int i = 0; i < formula.inputs().size(); i++) {
      Tensor direction = call.direction(formula.inputs().get(i));
      sum += Reduction.dot(apply(call, i, 1, operands), direction, call.parallel());
    }
    return Outputs.of(Tensor.scalar(sum, operands.getFirst().dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    List<@Nullable Object> gradients = new ArrayList<>();
    for (int i = 0; i < formula.inputs().size(); i++) {
      gradients.add(call.needsGrad(formula.inputs().get(i)) ? gradient(call, i) : null);
    }
    return gradients;
  }

  private Object gradient(VariableCall call, int input) {
    Part part = new Part(input, call.has(WEIGHTS));
    List<Object> positional = new ArrayList<>();
    positional.add(call.cotangent("loss", Tensor.class));
    formula.inputs().forEach(name -> positional.add(call.input(name)));
    if (part.weighted()) {
      positional.add(call.input(WEIGHTS).detach());
    }
    Arguments arguments = Arguments.of(positional.toArray());
    for (LossFormula.Coefficient number : formula.numbers()) {
      if (call.has(number.name())) {
        arguments = arguments.with(number.name(), call.value(number.name(), Number.class));
      }
    }
    return adjoints.computeIfAbsent(part, this::adjoint).call(arguments);
  }

  /** The gradient as a formula of its own: of the cotangent, the inputs and the weights. */
  private ElementOperator adjoint(Part part) {
    String name = formula.name() + "-adjoint-" + formula.inputs().get(part.input());
    Formula.Builder builder = Formula.named(name).input("cotangent");
    formula.inputs().forEach(builder::input);
    if (part.weighted()) {
      builder.auxiliary(WEIGHTS);
    }
    for (LossFormula.Coefficient number : formula.numbers()) {
      if (number.fallback() == null) {
        builder.number(number.name());
      } else {
        builder.number(number.name(), number.fallback());
      }
    }
    return new ElementOperator(
        builder.linearIn("cotangent").computes(Expression.operand(0).times(expression(part, 1))));
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor(formula.inputs().getFirst()).size(), STEPS);
  }
}
