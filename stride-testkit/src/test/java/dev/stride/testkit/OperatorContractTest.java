package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.fakes.CountedValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The JUnit form of the contract: which tests it makes, and how they end. */
class OperatorContractTest {

  /** A contract that JUnit does not find by itself. */
  private static OperatorContract contract(Operator<?> operator, Sample... samples) {
    return new OperatorContract() {
      @Override
      protected Operator<?> operator() {
        return operator;
      }

      @Override
      protected Stream<Sample> samples() {
        return Stream.of(samples);
      }
    };
  }

  private static Operator<?> squareTimes(double factor) {
    return new Written(
        Written.unary("square"),
        c -> Outputs.of(c.tensor("x").map(v -> v * v)),
        c -> Gradients.of(c.cotangent().times(c.tensor("x")).times(factor)));
  }

  private static DynamicTest find(List<DynamicTest> tests, String name) {
    return tests.stream().filter(t -> t.getDisplayName().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void tests_are_named_by_rule_sample_and_type() {
    List<DynamicTest> tests =
        contract(squareTimes(2), Sample.of(Tensor.random(4))).contract().toList();
    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .contains(
            "O3 central-differences at [4] in float64",
            "O14 float32 at [4] in float32",
            "O20 proof")
        .doesNotContain("O5 dot-test at [4] in float64");
  }

  @Test
  void right_operator_passes_every_test() {
    contract(squareTimes(2), Sample.of(Tensor.random(4)))
        .contract()
        .forEach(test ->
            assertThatCode(() -> test.getExecutable().execute())
                .as(test.getDisplayName())
                .doesNotThrowAnyException());
  }

  @Test
  void wrong_gradient_fails_with_the_seed_and_how_to_repeat() {
    List<DynamicTest> tests =
        contract(squareTimes(4), Sample.of(Tensor.random(4))).contract().toList();
    DynamicTest differences = find(tests, "O3 central-differences at [4] in float64");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> differences.getExecutable().execute())
        .withMessageContaining("2.00000 times the right gradient")
        .withMessageContaining("seed(20L)");
  }

  @Test
  void check_that_cannot_tell_is_aborted_and_the_proof_fails() {
    List<DynamicTest> tests =
        contract(squareTimes(2), Sample.of(Tensor.of(0.0, 0.0))).contract().toList();
    DynamicTest differences = find(tests, "O3 central-differences at [2] in float64");
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> differences.getExecutable().execute())
        .withMessageContaining("vacuous");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> find(tests, "O20 proof").getExecutable().execute())
        .withMessageContaining("no numeric check proved the gradient");
  }

  @Test
  void check_that_cannot_be_made_is_an_error_not_a_skipped_test() {
    Operator<?> counted = Written.squareOfCountedValues();
    Sample sample = Sample.of(CountedValue.of(1.5)).described("1.5");
    List<DynamicTest> tests = contract(counted, sample).contract().toList();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> find(tests, "O3 central-differences at 1.5 in float64").getExecutable().execute())
        .withMessageContaining("UNTESTED")
        .withMessageContaining("no coordinates are known");
  }

  @Test
  void contract_without_samples_says_so() {
    assertThatIllegalStateException()
        .isThrownBy(() -> contract(squareTimes(2)).contract().toList())
        .withMessageContaining("samples() gives none");
  }
}
