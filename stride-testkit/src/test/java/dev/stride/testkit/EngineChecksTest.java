package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks that run the operator in graphs of an engine. */
class EngineChecksTest {

  private static final Tensor X = Tensor.random(6);

  private static CheckResult check(Operator<?> operator, Rule rule) {
    return GradientChecker.of(operator).at(X).only(rule).run().results().getFirst();
  }

  @Test
  void second_order_accepts_a_right_adjoint_on_variables() {
    CheckResult result = check(new WronglyDerived.Cube(3), Rule.SECOND_ORDER);
    assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASS);
    assertThat(result.figures().get("second order")).isLessThan(1e-8);
  }

  @Test
  void second_order_rejects_an_adjoint_on_variables_that_is_not_the_numeric_one() {
    CheckResult result = check(new WronglyDerived.Cube(4), Rule.SECOND_ORDER);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.message()).contains("the adjoint on variables is not the numeric one");
  }

  @Test
  void second_order_rejects_an_adjoint_that_forgets_a_dependence() {
    CheckResult result = check(new WronglyDerived.ForgetfulSquare(), Rule.SECOND_ORDER);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.message()).contains("not the second derivative");
  }

  @Test
  void second_order_rejects_a_second_derivative_that_is_not_symmetric() {
    CheckResult result =
        GradientChecker.of(new WronglyDerived.SkewProduct())
            .at(X, X)
            .only(Rule.SECOND_ORDER)
            .run()
            .results()
            .getFirst();
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.message()).contains("the second derivative is not symmetric: error 1.");
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
}
