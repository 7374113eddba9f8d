package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;

/** At a sample of small numbers, whose effect drowns in what the outputs are there anyway. */
class SmallNumbersTest {

  private static final Tensor SMALL = Tensor.of(3e-7, -1e-6, 2e-6);

  private static Operator<?> exponentialTimes(double factor) {
    return new Written(
        Written.unary("exponential"),
        c -> Outputs.of(c.tensor("x").map(Math::exp)),
        c -> Gradients.of(c.cotangent().times(c.tensor("x").map(Math::exp)).times(factor)));
  }

  @Test
  void longer_steps_prove_a_right_gradient() {
    Report report = GradientChecker.of(exponentialTimes(1)).at(SMALL).run();
    assertThat(report.with(Verdict.INCONCLUSIVE)).as(report.toString()).isEmpty();
    assertThat(report.passed()).as(report.toString()).isTrue();
  }

  @Test
  void wrong_gradient_fails_all_the_same() {
    Report report = GradientChecker.of(exponentialTimes(1.001)).at(SMALL).run();
    assertThat(report.of(Rule.DIFFERENCES).getFirst().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.of(Rule.JACOBIAN).getFirst().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void longer_steps_raise_no_alarm_at_a_function_that_is_fine_near_the_sample() {
    double width = 1e-6;
    Operator<?> step =
        new Written(
            Written.unary("fine"),
            c -> Outputs.of(c.tensor("x").map(v -> 1e6 + Math.tanh(v / width))),
            c ->
                Gradients.of(
                    c.cotangent()
                        .times(
                            c.tensor("x")
                                .map(v -> (1 - Math.pow(Math.tanh(v / width), 2)) / width))));
    Report report = GradientChecker.of(step).at(SMALL).without(Rule.FLOAT32).run();
    assertThat(report.of(Rule.DIFFERENCES)).noneMatch(r -> r.verdict() == Verdict.FAIL);
    assertThat(report.of(Rule.JACOBIAN)).noneMatch(r -> r.verdict() == Verdict.FAIL);
    assertThat(report.of(Rule.TAYLOR)).noneMatch(r -> r.verdict() == Verdict.FAIL);
  }
}
