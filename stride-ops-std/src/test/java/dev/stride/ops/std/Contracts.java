package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Report;
import dev.stride.testkit.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Proofs that operators keep the contract, those too that no pack registers. */
public final class Contracts {

  private Contracts() {}

  /** One test an operator: that it keeps the contract at its samples, in both types. */
  public static Stream<DynamicTest> of(Map<Operator<?>, List<Sample>> operators) {
    return operators.entrySet().stream()
        .map(entry ->
            dynamicTest(entry.getKey().name(), () -> prove(entry.getKey(), entry.getValue())));
  }

  /**
   * Fails, with the report, if the operator breaks the contract at one of the samples, or if a
   * sample cannot tell.
   */
  public static void prove(Operator<?> operator, Sample... samples) {
    prove(operator, List.of(samples));
  }

  private static void prove(Operator<?> operator, List<Sample> samples) {
    Report report = GradientChecker.of(operator).at(samples).run();
    report.requirePassed();
    assertThat(report.with(Verdict.INCONCLUSIVE)).as(operator.name()).isEmpty();
  }
}
