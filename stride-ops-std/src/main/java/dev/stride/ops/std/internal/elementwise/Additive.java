package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
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
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The common part of {@link Add} and {@link Subtract}. Saves two shapes. */
abstract class Additive
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final SumTo SUM_TO = new SumTo();

  private final Signature signature;
  private final Arithmetic operation;

  Additive(String name, Arithmetic operation) {
    this.signature =
        Signature.named(name)
            .input("a")
            .input("b")
            .output("y")
            .linearIn("a", "b")
            .adjointNeeds()
            .build();
    this.operation = operation;
  }

  private record Shapes(Shape a, Shape b) implements Saved {
    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    Tensor b = call.tensor("b");
    Operands.sameType(call, "a", a, "b", b);
    Operands.fit(call, "a", a, "b", b);
    return Outputs.of(Elementwise.zip(operation, a, b, call.parallel()))
        .saving(new Shapes(a.shape(), b.shape()));
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Tensor cotangent = call.cotangent();
    Shapes shapes = call.saved(Shapes.class);
    Parallel parallel = call.parallel();
    return Gradients.of(
        call.needsGrad("a") ? Reduction.sumTo(cotangent, shapes.a(), parallel) : null,
        call.needsGrad("b")
            ? signed(Reduction.sumTo(cotangent, shapes.b(), parallel), parallel)
            : null);
  }

  private Tensor signed(Tensor gradient, Parallel parallel) {
    return operation == Arithmetic.ADD
        ? gradient
        : Elementwise.map(new Scaling(-1), gradient, parallel);
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    return Outputs.of(
        Elementwise.zip(operation, call.direction("a"), call.direction("b"), call.parallel()));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
    return Arrays.asList(
        call.needsGrad("a") ? SUM_TO.call(cotangent, call.like("a")) : null,
        call.needsGrad("b") ? signed(SUM_TO.call(cotangent, call.like("b"))) : null);
  }

  private Variable<Tensor> signed(Variable<Tensor> gradient) {
    return operation == Arithmetic.ADD ? gradient : gradient.unaryMinus();
  }

  @Override
  public final Weight weight(OperatorCall call) {
    if (call instanceof AdjointCall adjoint) {
      Shapes shapes = adjoint.saved(Shapes.class);
      return Work.weight((long) shapes.a().size() + shapes.b().size(), 1);
    }
    return Work.weight((long) call.tensor("a").size() + call.tensor("b").size(), 1);
  }
}
