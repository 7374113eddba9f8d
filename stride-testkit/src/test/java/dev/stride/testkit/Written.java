package dev.stride.testkit;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.testkit.fakes.CountedValue;
import java.util.function.Function;

/** An operator written in a line or two, right or wrong. */
record Written(
    Signature signature,
    Function<ForwardCall, Outputs> forwardCode,
    Function<AdjointCall, Gradients> adjointCode)
    implements BlockingOperator<Object> {

  static Signature unary(String name) {
    return Signature.named("test." + name).input("x").output("y").build();
  }

  static Signature binary(String name) {
    return Signature.named("test." + name).input("a").input("b").output("y").build();
  }

  /** The square of values that are no tensors. */
  static Written squareOfCountedValues() {
    return new Written(
        Signature.named("test.counted")
            .input("x", CountedValue.class)
            .output("y", CountedValue.class)
            .build(),
        c -> {
          CountedValue x = c.value("x", CountedValue.class);
          return Outputs.of(x.with(x.number() * x.number()));
        },
        c -> {
          CountedValue x = c.value("x", CountedValue.class);
          return Gradients.of(
              x.with(2 * x.number() * c.cotangent("y", CountedValue.class).number()));
        });
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return forwardCode.apply(call);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return adjointCode.apply(call);
  }
}
