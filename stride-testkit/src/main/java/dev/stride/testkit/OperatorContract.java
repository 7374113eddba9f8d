package dev.stride.testkit;

import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.internal.check.PlannedCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract that every operator keeps, as JUnit 5 tests: one per rule, sample and type.
 *
 * <p>Extend it, say which operator and at which samples:
 *
 * <pre>{@code
 * class SoftplusTest extends OperatorContract {
 *   @Override protected Operator<Tensor> operator() { return new Softplus(); }
 *   @Override protected Stream<Sample> samples() {
 *     return Stream.of(Sample.of(Tensor.random(4, 7)), Sample.of(Tensor.of(-40, 0, 40)));
 *   }
 * }
 * }</pre>
 *
 * <p>A check that cannot tell is an aborted test, one that cannot be made an error; a last test
 * fails if none of them could prove the gradient. Messages give the seed; the system property
 * {@code stride.testkit.seed} sets another.
 */
public abstract class OperatorContract {

  private static final String SEED = "stride.testkit.seed";

  /** For subclasses. */
  protected OperatorContract() {}

  /** The operator to check; called once, and once more for the proof. */
  protected abstract Operator<?> operator();

  /** Where to check it: typical arguments and awkward ones, away from kinks. */
  protected abstract Stream<Sample> samples();

  /** Changes what is checked and how; by default nothing. */
  protected GradientChecker configure(GradientChecker checker) {
    return checker;
  }

  @TestFactory
  final Stream<DynamicTest> contract() {
    List<Sample> samples = samples().toList();
    if (samples.isEmpty()) {
      throw new IllegalStateException(getClass().getName() + ": samples() gives none");
    }
    List<CheckResult> results = new ArrayList<>();
    Stream<DynamicTest> tests =
        plan(samples).stream()
            .filter(PlannedCheck::isApplicable)
            .map(planned -> test(planned, results));
    return Stream.concat(tests, Stream.of(proof(results)));
  }

  private List<PlannedCheck> plan(List<Sample> samples) {
    return configure(GradientChecker.of(operator()).seed(seed()).at(samples)).plan();
  }

  private DynamicTest test(PlannedCheck planned, List<CheckResult> results) {
    String name =
        planned.check().rule() + " at " + planned.sample().description() + " in " + planned.type();
    return DynamicTest.dynamicTest(
        name,
        () -> {
          CheckResult result = planned.run();
          results.add(result);
          judge(result);
        });
  }

  private static void judge(CheckResult result) {
    switch (result.verdict()) {
      case PASS, LINEAR_EXACT -> {}
      case FAIL -> throw new AssertionError(result.toString());
      case UNTESTED -> throw new IllegalStateException(result.toString());
      case INCONCLUSIVE, SKIPPED -> Assumptions.abort(result.toString());
    }
  }

  private DynamicTest proof(List<CheckResult> results) {
    return DynamicTest.dynamicTest(
        Rule.PROOF.toString(), () -> judge(Proof.of(operator(), seed(), results)));
  }

  private static long seed() {
    return Long.getLong(SEED, GradientChecker.DEFAULT_SEED);
  }
}
