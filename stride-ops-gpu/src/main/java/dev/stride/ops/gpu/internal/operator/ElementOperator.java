package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.FusibleOperator;
import dev.stride.api.Fusion;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.Recipes.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operator that computes one {@link Formula} at every position of tensors that are broadcast as
 * NumPy does, on a device.
 *
 * <p>For a cotangent {@code g} the adjoint is {@code g} times the slope of the formula along each
 * input, summed over the axes along which that input was repeated, in one kernel and in a fixed
 * order. Keeps what the slopes speak of, and shapes. Returns when the commands are in the queue.
 * Stateless: one instance serves any number of concurrent calls.
 */
class ElementOperator implements DeviceCode, FusibleOperator<Tensor> {

  private static final Code SUM = Code.of("a + b", "a", "b");

  private final Formula formula;
  private final Signature signature;
  private final ComputeDevice device;
  private final Elements elements;
  private final Reduction sums;

  ElementOperator(Formula formula, ComputeDevice device) {
    this.formula = formula;
    this.signature = formula.signature();
    this.device = device;
    this.elements = new Elements(device, formula.name());
    this.sums = new Reduction(device, formula.name() + " (adjoint)");
  }

  /** The operator of a formula, which can be differentiated twice where there are recipes. */
  static ElementOperator of(Formula formula, ComputeDevice device) {
    Map<String, Recipe> recipes = Recipes.of(formula.name());
    return recipes.isEmpty()
        ? new ElementOperator(formula, device)
        : new TwiceElementOperator(formula, recipes, device);
  }

  private record Shapes(List<Shape> inputs) implements Saved {
    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  final Formula formula() {
    return formula;
  }

  @Override
  public final @Nullable Operator<Tensor> fuse(Fusion fusion) {
    Formula joined = JoinedFormulas.of(fusion);
    return joined == null ? null : new ElementOperator(joined, device);
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    List<Tensor> operands = Operands.on(device, call, formula.inputs());
    return Outputs.of(value(call, operands))
        .saving(new Shapes(operands.stream().map(Tensor::shape).toList()));
  }

  private Tensor value(OperatorCall call, List<Tensor> operands) {
    Shape shape = checked(call, operands);
    return elements.compute(formula.value(), shape, operands, formula.numbers(call));
  }

  /** The shape of the result, of arguments that go together. */
  final Shape checked(OperatorCall call, List<Tensor> operands) {
    formula.check(call);
    Operands.sameType(call, formula.inputs(), operands);
    return Operands.common(call, formula.inputs(), operands);
  }

  @Override
  public final ComputeDevice device() {
    return device;
  }

  @Override
  public final Gradients gradients(AdjointCall call) {
    Tensor cotangent = Operands.on(device, call.cotangent());
    return gradients(call, cotangent, cotangent.shape(), call.saved(Shapes.class).inputs());
  }

  /**
   * The gradients of any operator with these ports.
   *
   * @param cotangent of a shape that fits that of the values
   * @param values shape of what the formula computes
   * @param shapes of the inputs
   */
  final Gradients gradients(AdjointCall call, Tensor cotangent, Shape values, List<Shape> shapes) {
    List<@Nullable Object> gradients = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      String input = formula.inputs().get(i);
      if (formula.isDifferentiable(input)) {
        gradients.add(
            call.needsGrad(input) ? gradient(call, cotangent, values, input, shapes.get(i)) : null);
      }
    }
    return Gradients.of(gradients.toArray());
  }

  private Tensor gradient(
      AdjointCall call, Tensor cotangent, Shape values, String input, Shape shape) {
    boolean whole = shape.equals(values);
    if (formula.isOne(input) && whole && shape.equals(cotangent.shape())) {
      return cotangent;
    }
    List<Tensor> operands = new ArrayList<>(List.of(cotangent));
    for (String operand : formula.slopeOperands(input)) {
      operands.add(
          Operands.on(
              device,
              operand.equals(Formula.RESULT) ? call.output(operand) : call.tensor(operand)));
    }
    Code product = formula.product(input);
    double[] numbers = formula.numbers(call);
    return whole
        ? elements.compute(product, shape, operands, numbers)
        : sums.compute(product, Axes.repeated(shape, values), 1, operands, numbers);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    return Outputs.of(along(call));
  }

  /** The derivative along the directions of a call, of any operator with these ports. */
  final Tensor along(TangentCall call) {
    List<Tensor> operands = Operands.on(device, call, formula.inputs());
    Tensor y = value(call, operands);
    Tensor sum = device.filled(y.shape(), y.dataType(), 0);
    for (String input : formula.inputs()) {
      if (formula.isDifferentiable(input) && !call.isZero(input)) {
        sum = elements.compute(SUM, y.shape(), List.of(sum, along(call, input, operands, y)));
      }
    }
    return sum;
  }

  private Tensor along(TangentCall call, String input, List<Tensor> operands, Tensor y) {
    Function<String, Tensor> named =
        operand ->
            operand.equals(Formula.RESULT) ? y : operands.get(formula.inputs().indexOf(operand));
    List<Tensor> all = new ArrayList<>(List.of(Operands.on(device, call.direction(input))));
    formula.slopeOperands(input).stream().map(named).forEach(all::add);
    return elements.compute(formula.product(input), y.shape(), all, formula.numbers(call));
  }
}
