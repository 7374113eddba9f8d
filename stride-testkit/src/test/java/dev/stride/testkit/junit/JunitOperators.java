package dev.stride.testkit.junit;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;

/** Operators for tests of this package. */
final class JunitOperators {

  private JunitOperators() {}

  static Operator<Tensor> square() {
    return new SquareSum(2);
  }

  static Operator<Tensor> wrongSquare() {
    return new SquareSum(-2);
  }

  /** {@code y = x}, whose saved state must be closed. */
  static Operator<Tensor> saving() {
    return new Saving();
  }

  private static final class Saving implements BlockingOperator<Tensor> {

    @Override
    public Signature signature() {
      return Signature.named("test.saving").input("x").output("y").adjointNeeds().build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      AutoCloseable buffer = () -> {};
      return Outputs.of(call.tensor("x")).saving(buffer);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent());
    }
  }

  /** The sum of the squares; {@code slope} is 2 where the adjoint is right. */
  private record SquareSum(double slope) implements BlockingOperator<Tensor> {

    @Override
    public Signature signature() {
      return Signature.named("test.square-sum").input("x").output("y").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Tensor x = call.tensor("x");
      return Outputs.of(Tensor.scalar(x.dot(x), x.dataType()));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      double cotangent = call.cotangent().get();
      return Gradients.of(call.tensor("x").times(slope * cotangent));
    }
  }
}
