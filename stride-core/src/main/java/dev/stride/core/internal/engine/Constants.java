package dev.stride.core.internal.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Weight;
import dev.stride.api.spi.VectorSpace;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.graph.Spaces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators that the engine itself needs to record gradients, for values of any space. */
final class Constants {

  private Constants() {}

  /** Ones or zeros of the shape and type of a value, which has no part in gradients. */
  record Like(Spaces spaces, boolean ones) implements BlockingOperator<Object> {

    @Override
    public Signature signature() {
      return Signature.named(ones ? "stride.ones-like" : "stride.zeros-like")
          .auxiliary("value", Object.class)
          .output(Port.auxiliary("constant", Object.class))
          .build();
    }

    @Override
    public Weight weight() {
      return Weight.CHEAP;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Spec<?> spec = spaces.spec(call.value("value", Object.class));
      if (ones && !spec.isScalar()) {
        throw new IllegalArgumentException(
            "the root is " + spec + "; recorded gradients need a scalar root. Sum it first.");
      }
      return Outputs.of(ones ? spec.one() : spec.zero());
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      throw new IllegalStateException("a constant has no adjoint");
    }
  }

  /** The sum of any number of values of one spec. */
  record Sum(Spaces spaces) implements BlockingOperator<Object>, DifferentiableOperator<Object> {

    @Override
    public Signature signature() {
      return Signature.named("stride.sum-of-gradients")
          .input(Port.of("terms").typed(Object.class).variadic())
          .output("sum", Object.class)
          .linearIn("terms")
          .adjointNeeds()
          .build();
    }

    @Override
    public Weight weight() {
      return Weight.CHEAP;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      List<Object> terms = call.values("terms", Object.class);
      Object sum = terms.getFirst();
      VectorSpace<Object> space = spaces.of(sum);
      for (Object term : terms.subList(1, terms.size())) {
        sum = space.add(sum, term);
      }
      return Outputs.of(sum);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(
          Collections.nCopies(count(call::has), call.cotangent("sum", Object.class)));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(Collections.nCopies(count(call::has), call.cotangent("sum", Object.class)));
      return gradients;
    }

    private static int count(Predicate<String> has) {
      int count = 0;
      while (has.test("terms[" + count + "]")) {
        count++;
      }
      return count;
    }
  }
}
