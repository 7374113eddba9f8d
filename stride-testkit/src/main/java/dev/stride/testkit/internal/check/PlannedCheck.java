package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.CheckResult;
import dev.stride.testkit.Tolerances;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.call.CallContext;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.call.OperatorRunner;
import dev.stride.testkit.internal.call.Patience;
import dev.stride.testkit.internal.call.ValueKinds;
import dev.stride.testkit.internal.numeric.Subject;
import java.time.Duration;

/**
 * One check of one operator at one sample in one type, to be run.
 *
 * @param check what to prove
 * @param operator what to prove it of
 * @param sample where
 * @param type type of the tensors
 * @param options how
 */
public record PlannedCheck(
    Check check, Operator<?> operator, Sample sample, DataType type, Options options) {

  /**
   * How to check.
   *
   * @param kinds classes of values with coordinates
   * @param tolerances how close is close enough
   * @param seed of all random numbers
   * @param patience how long to wait for the operator; shared by its checks
   * @param declared what the author says of the operator
   */
  public record Options(
      ValueKinds kinds, Tolerances tolerances, long seed, Patience patience, Declared declared) {}

  /** Whether it makes sense to run it: the check exists in this type and the rule applies. */
  public boolean isApplicable() {
    return check.runsIn(type) && notApplicable().isEmpty();
  }

  private String notApplicable() {
    if (check.usesEngine() && options.declared().isPlaced()) {
      return "values are placed by hand, which an engine does not do";
    }
    String reason = check.notApplicable(operator);
    return reason.isEmpty() ? check.notApplicable(sample, options.declared()) : reason;
  }

  /** Runs it. Never throws for what the operator does. */
  public CheckResult run() {
    long start = System.nanoTime();
    Finding finding = finding();
    return new CheckResult(
        operator.name(),
        sample.description(),
        type,
        check.rule(),
        finding.verdict(),
        finding.message(),
        finding.figures(),
        finding.ports(),
        options.seed(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Finding finding() {
    String reason = notApplicable();
    if (!reason.isEmpty()) {
      return Finding.of(Verdict.SKIPPED, reason);
    }
    if (!options.patience().exhausted().isEmpty() && !check.runsAfterTimeout()) {
      return Finding.inconclusive("not tried, since " + options.patience().exhausted());
    }
    try {
      OperatorRunner runner = new OperatorRunner(operator, options.kinds(), options.patience());
      CallContext context = CallContext.plain().with(options.declared().delivery());
      Subject subject = Subject.of(runner, sample, context, type);
      return check.run(
          new Setting(sample, subject, options.tolerances(), options.seed(), options.declared()));
    } catch (ContractViolation e) {
      return Finding.fail(String.valueOf(e.getMessage()));
    } catch (StackOverflowError | LinkageError | AssertionError | RuntimeException e) {
      return Finding.fail("the check failed: " + e);
    }
  }
}
