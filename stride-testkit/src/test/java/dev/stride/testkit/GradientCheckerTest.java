package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stride.api.DataType;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.fakes.CountedValue;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a report says, beside pass or fail. */
class GradientCheckerTest {

  private static final Tensor X = Tensor.random(5);

  private static Operator<?> squareTimes(double factor) {
    return new Written(
        Written.unary("square"),
        c -> Outputs.of(c.tensor("x").map(v -> v * v)),
        c -> Gradients.of(c.cotangent().times(c.tensor("x")).times(factor)));
  }

  @Test
  void report_names_the_best_fitting_factor() {
    Report report = GradientChecker.of(squareTimes(6)).at(X).only(Rule.DIFFERENCES).run();
    CheckResult result = report.results().getFirst();
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.ports().getFirst().factor()).isCloseTo(3, within(1e-9));
    assertThat(result.message()).contains("`x` is 3.00000 times the right gradient");
  }

  @Test
  void report_names_a_flipped_sign() {
    Report report = GradientChecker.of(squareTimes(-2)).at(X).only(Rule.DIFFERENCES).run();
    assertThat(report.results().getFirst().message()).contains("`x` is sign flipped");
  }

  @Test
  void report_names_a_transposed_derivative_and_swapped_gradients() {
    assertThat(messageOf("transposed", Rule.JACOBIAN)).contains("it is transposed");
    assertThat(messageOf("gradients swapped", Rule.JACOBIAN))
        .contains("the gradients of `a` and `b` are swapped");
  }

  @Test
  void report_names_the_worst_entry() {
    Operator<?> wrongAtThree =
        new Written(
            Written.unary("square"),
            c -> Outputs.of(c.tensor("x").map(v -> v * v)),
            c -> {
              double[] g = c.cotangent().times(c.tensor("x")).times(2).toDoubleArray();
              g[3] *= 1.5;
              return Gradients.of(Tensor.of(g).cast(c.tensor("x").dataType()));
            });
    Report report =
        GradientChecker.of(wrongAtThree).at(X).only(Rule.DIFFERENCES, Rule.JACOBIAN).run();
    assertThat(report.results())
        .allSatisfy(r -> assertThat(r.ports().getFirst().worst()).isEqualTo(3));
  }

  @Test
  void report_repeats_bit_by_bit_from_its_seed() {
    Report first = GradientChecker.of(squareTimes(2)).at(X).seed(7).run();
    Report again = GradientChecker.of(squareTimes(2)).at(X).seed(7).run();
    assertThat(again.results())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("elapsed")
        .isEqualTo(first.results());
    assertThat(first.toString()).contains("seed 7");
  }

  @Test
  void failure_says_how_to_repeat_it_alone() {
    Report report = GradientChecker.of(squareTimes(4)).at(X).seed(11).run();
    CheckResult failed = report.with(Verdict.FAIL).getFirst();
    assertThat(failed.toString())
        .contains(
            "GradientChecker.of(operator).at(sample).types(DataType.FLOAT64)"
                + ".only(Rule.DIFFERENCES).seed(11L).run()");
    CheckResult alone =
        GradientChecker.of(squareTimes(4))
            .at(X)
            .types(failed.type())
            .only(failed.rule())
            .seed(11)
            .run()
            .results()
            .getFirst();
    assertThat(alone.figures()).isEqualTo(failed.figures());
  }

  @Test
  void require_passed_throws_everything_that_failed() {
    Report report = GradientChecker.of(squareTimes(4)).at(X).run();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(report::requirePassed)
        .withMessageContaining("O3 central-differences")
        .withMessageContaining("O4 jacobian");
    Report right = GradientChecker.of(squareTimes(2)).at(X).run();
    assertThat(right.requirePassed()).isSameAs(right);
  }

  @Test
  void sample_is_not_changed() {
    double[] before = X.toDoubleArray();
    GradientChecker.of(
            new Written(
                Written.unary("vandal"),
                c -> {
                  if (c.tensor("x").storage().toHeap() instanceof Doubles(double[] array)) {
                    array[0] = 99;
                  }
                  return Outputs.of(c.tensor("x"));
                },
                c -> Gradients.of(c.cotangent())))
        .at(X)
        .run();
    assertThat(X.toDoubleArray()).isEqualTo(before);
  }

  @Test
  void vacuous_sample_is_skipped_and_proves_nothing() {
    Report report = GradientChecker.of(squareTimes(2)).at(X.times(0)).run();
    assertThat(report.of(Rule.PROOF)).extracting(CheckResult::verdict).contains(Verdict.FAIL);
    assertThat(report.of(Rule.DIFFERENCES))
        .extracting(CheckResult::verdict)
        .containsOnly(Verdict.SKIPPED);
    assertThat(report.of(Rule.DIFFERENCES).getFirst().message()).contains("vacuous");
    assertThat(report.of(Rule.TAYLOR))
        .extracting(CheckResult::verdict)
        .doesNotContain(Verdict.FAIL);
  }

  @Test
  void operator_that_ignores_its_input_is_vacuous_and_fails() {
    Operator<?> constant =
        new Written(
            Written.unary("constant"),
            c -> Outputs.of(c.tensor("x").map(v -> 4)),
            c -> Gradients.of(c.tensor("x").map(v -> 0)));
    Report report = GradientChecker.of(constant).at(X).run();
    assertThat(report.passed()).isFalse();
    assertThat(report.of(Rule.PROOF)).extracting(CheckResult::verdict).contains(Verdict.FAIL);
    assertThat(report.of(Rule.DIFFERENCES).getFirst().message())
        .contains("vacuous")
        .contains("[x]");
  }

  @Test
  void taylor_test_is_vacuous_where_the_gradient_is_zero_and_the_function_is_not_flat() {
    Operator<?> bell =
        new Written(
            Written.unary("bell"),
            c -> Outputs.of(c.tensor("x").map(v -> Math.exp(-v * v))),
            c ->
                Gradients.of(
                    c.cotangent().times(c.tensor("x").map(v -> -2 * v * Math.exp(-v * v)))));
    CheckResult top =
        GradientChecker.of(bell)
            .at(Tensor.of(-40.0, 0, 40))
            .only(Rule.TAYLOR)
            .run()
            .results()
            .getFirst();
    assertThat(top.verdict()).as(top.toString()).isEqualTo(Verdict.SKIPPED);
    assertThat(top.message()).contains("square of the step");
  }

  @Test
  void one_mistake_that_breaks_many_rules_is_shown_once() {
    Operator<?> wide =
        new Written(
            Written.unary("wide"),
            c -> Outputs.of(c.tensor("x").times(3)),
            c -> Gradients.of(c.cotangent().times(3).cast(DataType.FLOAT64)));
    Report report = GradientChecker.of(wide).at(X).run();
    assertThat(report.count(Verdict.FAIL)).isGreaterThan(10);
    assertThat(report.problems()).hasSizeLessThan(4);
    assertThat(report.problems().getFirst())
        .contains("O2 gradient-shapes", "float64; expected Tensor[5] float32")
        .contains("the same in ", " more checks, of O8, O9");
  }

  @Test
  void taylor_test_does_not_take_a_small_error_for_curvature() {
    Report report = GradientChecker.of(squareTimes(2.02)).at(X).only(Rule.TAYLOR).run();
    assertThat(report.results()).noneMatch(result -> result.verdict().isPass());
  }

  @Test
  void linear_operator_is_linear_exact_in_the_taylor_test() {
    Operator<?> triple =
        new Written(
            Written.unary("triple"),
            c -> Outputs.of(c.tensor("x").times(3)),
            c -> Gradients.of(c.cotangent().times(3)));
    assertThat(GradientChecker.of(triple).at(X).only(Rule.TAYLOR).run().results())
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.LINEAR_EXACT);
  }

  @Test
  void taylor_test_gives_both_slopes() {
    CheckResult taylor =
        GradientChecker.of(squareTimes(2)).at(X).only(Rule.TAYLOR).run().results().getFirst();
    assertThat(taylor.figures().get("slope 0")).isCloseTo(1, within(0.1));
    assertThat(taylor.figures().get("slope 1")).isCloseTo(2, within(0.05));
  }

  @Test
  void kink_at_the_sample_is_sampled_away_and_counted() {
    Operator<?> relu = named("one element on the kink");
    CheckResult result =
        GradientChecker.of(relu)
            .at(Tensor.of(-1.0, 0.0, 2.0))
            .only(Rule.DIFFERENCES)
            .run()
            .results()
            .getFirst();
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.figures().get("resampled")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void kinks_everywhere_are_inconclusive() {
    Operator<?> sawtooth =
        new Written(
            Written.unary("sawtooth"),
            c -> Outputs.of(c.tensor("x").map(v -> Math.abs(v * 1e9 - Math.rint(v * 1e9)))),
            c -> Gradients.of(c.cotangent()));
    assertThat(GradientChecker.of(sawtooth).at(X).only(Rule.DIFFERENCES).run().results().getFirst())
        .extracting(CheckResult::verdict)
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void values_of_another_class_need_coordinates_or_a_vector_space_that_gives_numbers() {
    Operator<?> square = Written.squareOfCountedValues();
    Sample sample = Sample.of(CountedValue.of(1.5)).described("1.5");
    assertThat(GradientChecker.of(square).at(sample).only(Rule.DIFFERENCES).run().results())
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.UNTESTED);
    Report byCoordinates =
        GradientChecker.of(square).coordinates(CountedValue.coordinates()).at(sample).run();
    Report bySpace =
        GradientChecker.of(square).vectorSpaces(List.of(new CountedValue.Space())).at(sample).run();
    for (Report report : List.of(byCoordinates, bySpace)) {
      assertThat(report.with(Verdict.FAIL)).as(report.toString()).isEmpty();
      assertThat(report.of(Rule.PROOF))
          .extracting(CheckResult::verdict)
          .containsExactly(Verdict.PASS);
      assertThat(report.of(Rule.GRAPH).getFirst().verdict()).isEqualTo(Verdict.PASS);
    }
  }

  @Test
  void types_and_rules_can_be_chosen() {
    Report report =
        GradientChecker.of(squareTimes(2))
            .at(X)
            .types(DataType.FLOAT32)
            .only(Rule.STATELESS, Rule.DETERMINISM)
            .run();
    assertThat(report.results())
        .extracting(CheckResult::rule)
        .containsExactly(Rule.STATELESS, Rule.DETERMINISM);
    assertThat(report.results()).extracting(CheckResult::type).containsOnly(DataType.FLOAT32);
  }

  @Test
  void run_without_a_sample_says_so() {
    assertThatIllegalStateException()
        .isThrownBy(() -> GradientChecker.of(squareTimes(2)).run())
        .withMessageContaining("there is no sample to check at");
  }

  @Test
  void arguments_that_do_not_fit_fail_with_what_is_wrong() {
    assertThat(GradientChecker.of(squareTimes(2)).at(X, X, X).run().results().getFirst().message())
        .contains("3 arguments given; it takes at most 1");
  }

  private static String messageOf(String wrong, Rule rule) {
    WrongOperators.Wrong found =
        WrongOperators.all().stream().filter(w -> w.name().equals(wrong)).findFirst().orElseThrow();
    return GradientChecker.of(found.operator().get())
        .at(found.sample())
        .only(rule)
        .run()
        .results()
        .getFirst()
        .message();
  }

  private static Operator<?> named(String right) {
    return RightOperators.all().stream()
        .filter(r -> r.name().equals(right))
        .findFirst()
        .orElseThrow()
        .operator()
        .get();
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }
}
