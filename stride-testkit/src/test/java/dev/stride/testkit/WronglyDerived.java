package dev.stride.testkit;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators with an adjoint on variables, right and wrong. */
final class WronglyDerived {

  private WronglyDerived() {}

  /** Element-wise product with a gradient on variables; what {@link Cube} composes. */
  static final class Product implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

    @Override
    public Signature signature() {
      return Written.binary("product");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("a").times(call.tensor("b")));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(
          call.cotangent().times(call.tensor("b")), call.cotangent().times(call.tensor("a")));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(call(cotangent, call.input("b")));
      gradients.add(call(cotangent, call.input("a")));
      return gradients;
    }
  }

  /** The cube; its adjoint on variables is right for the factor 3. */
  record Cube(double factor) implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

    @Override
    public Signature signature() {
      return Written.unary("cube");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").map(v -> v * v * v));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(call.tensor("x").map(v -> 3 * v * v)));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Product product = new Product();
      Variable<Tensor> x = call.input("x");
      Variable<Tensor> square = product.call(x, x);
      Variable<Tensor> factors = call.engine().variable(x.get().map(v -> factor));
      Variable<Tensor> slope = product.call(square, factors);
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(product.call(call.cotangent("y", Tensor.class), slope));
      return gradients;
    }
  }

  /** The square; its adjoint on variables takes the input for a constant. */
  static final class ForgetfulSquare
      implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

    @Override
    public Signature signature() {
      return Written.unary("forgetful");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").map(v -> v * v));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(call.tensor("x").times(2)));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Tensor slope = call.input("x").get().times(2);
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(
          new Product().call(call.cotangent("y", Tensor.class), call.engine().variable(slope)));
      return gradients;
    }
  }

  /**
   * The product; the gradient of b depends on a a little less than that of a on b. Differences of
   * gradients do not tell.
   */
  static final class SkewProduct
      implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

    private static final double SKEW = 1e-7;

    @Override
    public Signature signature() {
      return Written.binary("skew");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("a").times(call.tensor("b")));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(
          call.cotangent().times(call.tensor("b")), call.cotangent().times(call.tensor("a")));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Product product = new Product();
      Variable<Tensor> cotangent = call.cotangent("y", Tensor.class);
      Variable<Tensor> a = call.input("a");
      Tensor value = a.get();
      Variable<Tensor> less = new Leaning(value, SKEW).call(a);
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(product.call(cotangent, call.input("b")));
      gradients.add(product.call(cotangent, less));
      return gradients;
    }
  }

  /** {@code x} at one point, with a slope that is less than 1. */
  private record Leaning(Tensor point, double less)
      implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

    @Override
    public Signature signature() {
      return Written.unary("leaning");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Tensor x = call.tensor("x");
      return Outputs.of(x.minus(x.minus(point).times(less)));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(1 - less));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      throw new UnsupportedOperationException("differentiated once only");
    }
  }
}
