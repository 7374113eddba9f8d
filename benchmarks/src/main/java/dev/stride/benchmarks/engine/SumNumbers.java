package dev.stride.benchmarks.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Weight;
import java.util.Collections;
import java.util.List;

/** The sum of a known number of numbers; its adjoint is the cotangent for each. */
record SumNumbers(int count) implements BlockingOperator<Double> {

  @Override
  public Signature signature() {
    return Signature.named("benchmark.sum-numbers")
        .input(Port.of("terms").typed(Double.class).variadic())
        .output("sum", Double.class)
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
    double sum = 0;
    List<Double> terms = call.values("terms", Double.class);
    for (double term : terms) {
      sum += term;
    }
    return Outputs.of(sum);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(Collections.nCopies(count, call.cotangent("sum", Double.class)));
  }
}
