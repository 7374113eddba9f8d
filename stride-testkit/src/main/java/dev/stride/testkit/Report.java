package dev.stride.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run of checks found. Immutable.
 *
 * @param operator the operator's name
 * @param seed seed of the random numbers
 * @param results in the order of samples, types and rules
 */
public record Report(String operator, long seed, List<CheckResult> results) {

  /** Copies the results. */
  public Report {
    results = List.copyOf(results);
  }

  /**
   * Whether nothing failed. {@link Rule#PROOF}, which is checked last, fails unless at least one of
   * central differences, Jacobian and dot test passed.
   */
  public boolean passed() {
    return count(Verdict.FAIL) == 0;
  }

  /** Number of results with a verdict. */
  public int count(Verdict verdict) {
    return (int) results.stream().filter(r -> r.verdict() == verdict).count();
  }

  /** Results with a verdict. */
  public List<CheckResult> with(Verdict verdict) {
    return results.stream().filter(r -> r.verdict() == verdict).toList();
  }

  /** Results of a rule. */
  public List<CheckResult> of(Rule rule) {
    return results.stream().filter(r -> r.rule() == rule).toList();
  }

  /**
   * This report, if it {@linkplain #passed passed}.
   *
   * @throws AssertionError with everything that failed, otherwise
   */
  public Report requirePassed() {
    if (!passed()) {
      throw new AssertionError(problems());
    }
    return this;
  }

  private String problems() {
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    with(Verdict.FAIL).forEach(result -> lines.add(result.toString()));
    with(Verdict.INCONCLUSIVE).forEach(result -> lines.add(result.toString()));
    with(Verdict.UNTESTED).forEach(result -> lines.add(result.toString()));
    return String.join("\n", lines);
  }

  /** One line: how many checks passed, failed, and so on, and the seed. */
  public String summary() {
    int passes = count(Verdict.PASS) + count(Verdict.LINEAR_EXACT);
    return operator
        + ": "
        + results.size()
        + " checks, "
        + passes
        + " passed, "
        + count(Verdict.FAIL)
        + " failed, "
        + count(Verdict.INCONCLUSIVE)
        + " inconclusive, "
        + count(Verdict.SKIPPED)
        + " skipped, "
        + count(Verdict.UNTESTED)
        + " untested (seed "
        + seed
        + ")";
  }

  /** This report as text, XML or JSON. */
  public String format(ReportFormat format) {
    return format.write(this);
  }

  /** The summary and every result. */
  @Override
  public String toString() {
    return summary() + results.stream().map(r -> "\n" + r).collect(Collectors.joining());
  }
}
