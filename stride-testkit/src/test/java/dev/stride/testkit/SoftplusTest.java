package dev.stride.testkit;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.stream.Stream;

/** An operator of a third party and its whole test, as the documentation shows them. */
class SoftplusTest extends OperatorContract {

  @Override
  protected Operator<Tensor> operator() {
    return new Softplus();
  }

  @Override
  protected Stream<Sample> samples() {
    return Stream.of(Sample.of(Tensor.random(4, 7)), Sample.of(Tensor.of(-40, 0, 40)));
  }

  static final class Softplus implements BlockingOperator<Tensor> {

    @Override
    public Signature signature() {
      return Signature.named("acme.softplus").input("x").output("y").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").map(v -> Math.log1p(Math.exp(v))));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(
          call.cotangent().times(call.tensor("x").map(v -> 1 / (1 + Math.exp(-v)))));
    }
  }
}
