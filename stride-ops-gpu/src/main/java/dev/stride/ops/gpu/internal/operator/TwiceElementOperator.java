package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.Recipes.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ElementOperator} whose gradients can be differentiated any number of times: its {@link
 * Recipes} compose them of such operators.
 */
final class TwiceElementOperator extends ElementOperator implements DifferentiableOperator<Tensor> {

  private final Formula formula;
  private final Map<String, Recipe> recipes;
  private final Calculus calculus;

  TwiceElementOperator(Formula formula, Map<String, Recipe> recipes, ComputeDevice device) {
    super(formula, device);
    this.formula = formula;
    this.recipes = recipes;
    this.calculus = new Calculus(device);
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    List<@Nullable Object> gradients = new ArrayList<>();
    for (String input : formula.inputs()) {
      if (formula.isDifferentiable(input)) {
        gradients.add(call.needsGrad(input) ? gradient(call, input) : null);
      }
    }
    return gradients;
  }

  private Variable<Tensor> gradient(VariableCall call, String input) {
    Recipe recipe = Objects.requireNonNull(recipes.get(input));
    Variable<Tensor> cotangent = call.cotangent(Formula.RESULT, Tensor.class);
    Variable<Tensor> gradient = recipe.gradient(call, cotangent, calculus);
    return formula.inputs().size() == 1 ? gradient : calculus.sumTo(gradient, call.like(input));
  }
}
