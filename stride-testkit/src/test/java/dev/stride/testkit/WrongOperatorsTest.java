package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit itself: it must reject these, and for the right reason. */
class WrongOperatorsTest {

  @TestFactory
  Stream<DynamicTest> rejected_for_the_rule_that_it_breaks() {
    return WrongOperators.all().stream()
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> assertRejected(wrong)));
  }

  private static void assertRejected(WrongOperators.Wrong wrong) {
    Report report = wrong.report();
    assertThat(report.passed()).as(report.toString()).isFalse();
    assertThat(report.with(Verdict.FAIL))
        .as(report.toString())
        .extracting(CheckResult::rule)
        .contains(wrong.breaks());
  }
}
