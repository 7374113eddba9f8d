package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit itself: it must accept these, whatever the seed. */
class RightOperatorsTest {

  @TestFactory
  Stream<DynamicTest> accepted() {
    return RightOperators.all().stream()
        .map(right -> DynamicTest.dynamicTest(right.name(), () -> assertAccepted(right)));
  }

  private static void assertAccepted(RightOperators.Right right) {
    for (long seed = 1; seed <= 3; seed++) {
      Report report = right.report(seed);
      assertThat(report.with(Verdict.FAIL)).as(report.toString()).isEmpty();
      assertThat(report.of(Rule.PROOF)).extracting(CheckResult::verdict).containsOnly(Verdict.PASS);
    }
  }
}
