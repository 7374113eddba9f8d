package dev.stride.testkit;

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
   * Whether nothing failed. {@link Rule#PROOF}, which is checked last, fails unless a numeric check
   * passed for every differentiable input.
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
      throw new AssertionError(summary() + "\n" + String.join("\n", problems()));
    }
    return this;
  }

  /**
   * What failed, could not be tested, or was inconclusive, for people: a text for each problem,
   * with the rules that it breaks if there are several.
   */
  public List<String> problems() {
    return Problems.of(results);
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
