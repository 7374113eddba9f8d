package dev.stride.benchmarks.engine;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;

/** Scales a number many times over: an operator that takes as long as it is told to. */
record Busy(int times) implements BlockingOperator<Double> {

  private static final Signature SIGNATURE =
      Signature.named("benchmark.busy")
          .input("x", Double.class)
          .output("y", Double.class)
          .linearIn("x")
          .adjointNeeds()
          .build();

  /** One whose forward and adjoint take about this long. */
  static Busy lasting(long nanoseconds) {
    Busy probe = new Busy(10_000);
    Samples perTime = new Samples();
    for (int i = 0; i < 2_001; i++) {
      long start = System.nanoTime();
      probe.scaled(1 + i);
      perTime.add((double) (System.nanoTime() - start) / probe.times);
    }
    return new Busy((int) (nanoseconds / perTime.median()));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(scaled(call.value("x", Double.class)));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(scaled(call.cotangent("y", Double.class)));
  }

  double scaled(double x) {
    double y = x;
    for (int i = 0; i < times; i++) {
      y = Scaling.of(y);
    }
    return y;
  }
}
