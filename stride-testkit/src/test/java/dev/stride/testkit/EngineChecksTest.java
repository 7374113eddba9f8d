package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks that run the operator in graphs of an engine. */
class EngineChecksTest {

  private static final Tensor X = Tensor.random(6);

  private static CheckResult check(Operator<?> operator, Rule rule) {
    return GradientChecker.of(operator).at(X).only(rule).run().results().getFirst();
  }

  @Test
  void second_order_accepts_a_right_adjoint_on_variables() {
    CheckResult result = check(new Cube(3), Rule.SECOND_ORDER);
    assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASS);
    assertThat(result.figures().get("second order")).isLessThan(1e-8);
  }

  @Test
  void second_order_rejects_an_adjoint_on_variables_that_is_not_the_numeric_one() {
    CheckResult result = check(new Cube(4), Rule.SECOND_ORDER);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.message()).contains("the adjoint on variables is not the numeric one");
  }

  @Test
  void second_order_rejects_an_adjoint_that_forgets_a_dependence() {
    CheckResult result = check(new ForgetfulSquare(), Rule.SECOND_ORDER);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.message()).contains("not the second derivative");
  }

  @Test
  void concurrency_rejects_state_that_calls_share() {
    AtomicReference<Tensor> last = new AtomicReference<>(X);
    Operator<?> shared =
        new Written(
            Written.unary("shared"),
            c -> {
              last.set(c.tensor("x"));
              return Outputs.of(c.tensor("x").map(v -> v * v));
            },
            c -> Gradients.of(c.cotangent().times(last.get()).times(2)));
    assertThat(check(shared, Rule.CONCURRENCY).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void graph_rejects_an_instance_that_remembers_its_last_call() {
    AtomicReference<Tensor> last = new AtomicReference<>(X);
    Operator<?> remembering =
        new Written(
            Written.unary("remembering"),
            c -> {
              last.set(c.tensor("x"));
              return Outputs.of(c.tensor("x").map(Math::sin));
            },
            c -> Gradients.of(c.cotangent().times(last.get().map(Math::cos))));
    CheckResult result = check(remembering, Rule.GRAPH);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.message()).contains("one instance on two branches");
  }

  @Test
  void saved_state_rejects_an_adjoint_that_closes_what_it_was_given() {
    Operator<?> closing =
        new Written(
            Signature.named("test.closing").input("x").output("y").adjointNeeds().build(),
            c ->
                Outputs.of(c.tensor("x").map(Math::exp))
                    .saving(new Guarded(c.tensor("x").map(Math::exp))),
            c -> {
              Guarded saved = c.saved(Guarded.class);
              Tensor gradient = c.cotangent().times(saved.value());
              saved.close();
              return Gradients.of(gradient);
            });
    assertThat(check(closing, Rule.SAVED_STATE).verdict()).isEqualTo(Verdict.FAIL);
  }

  /** Saved state that throws when it is used or closed after its close. */
  private static final class Guarded implements AutoCloseable {
    private final Tensor value;
    private final AtomicInteger closed = new AtomicInteger();

    Guarded(Tensor value) {
      this.value = value;
    }

    Tensor value() {
      if (closed.get() > 0) {
        throw new IllegalStateException("used after it was closed");
      }
      return value;
    }

    @Override
    public void close() {
      if (closed.incrementAndGet() > 1) {
        throw new IllegalStateException("closed twice");
      }
    }
  }

  /** Element-wise product with a gradient on variables; what {@link Cube} composes. */
  private static final class Product
      implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

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
  private record Cube(double factor)
      implements BlockingOperator<Tensor>, DifferentiableOperator<Tensor> {

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
      Variable<Tensor> slope = product.call(square, call.engine().variable(X.map(v -> factor)));
      List<@Nullable Object> gradients = new ArrayList<>();
      gradients.add(product.call(call.cotangent("y", Tensor.class), slope));
      return gradients;
    }
  }

  /** The square; its adjoint on variables takes the input for a constant. */
  private static final class ForgetfulSquare
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
}
