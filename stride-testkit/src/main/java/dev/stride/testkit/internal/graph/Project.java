package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inner product of some values with fixed weights, as a number: {@code <w, y>}.
 *
 * @param layout of the values
 * @param weights fixed
 */
record Project(Layout layout, Vec weights)
    implements BlockingOperator<Double>, DifferentiableOperator<Double> {

  @Override
  public Signature signature() {
    Signature.Builder signature = Signature.named("testkit.project");
    for (int b = 0; b < layout.blocks(); b++) {
      signature.input("y" + b, Object.class);
    }
    return signature.output("sum", Double.class).build();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(weights.dot(layout.vector(b -> call.value("y" + b, Object.class))));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Vec spread = weights.times(call.cotangent("sum", Double.class));
    return Gradients.of(layout.values(spread).values().toArray());
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    List<@Nullable Object> gradients = new ArrayList<>();
    gradients.addAll(new Spread(this).callAll(call.cotangent("sum", Double.class)).all());
    return gradients;
  }

  /** The transpose: a number times the weights. */
  record Spread(Project transpose)
      implements BlockingOperator<Object>, DifferentiableOperator<Object> {

    @Override
    public Signature signature() {
      Signature.Builder signature = Signature.named("testkit.spread").input("sum", Double.class);
      for (int b = 0; b < transpose.layout.blocks(); b++) {
        signature.output("y" + b, Object.class);
      }
      return signature.build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Vec spread = transpose.weights.times(call.number("sum"));
      return Outputs.of(transpose.layout.values(spread).values().toArray());
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(
          transpose.weights.dot(
              transpose.layout.vector(b -> call.cotangent("y" + b, Object.class))));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Object[] cotangents = new Object[transpose.layout.blocks()];
      for (int b = 0; b < cotangents.length; b++) {
        cotangents[b] = call.cotangent("y" + b, Object.class);
      }
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(transpose.call(cotangents));
      return gradients;
    }
  }
}
