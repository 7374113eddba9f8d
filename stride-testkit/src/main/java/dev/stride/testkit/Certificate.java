package dev.stride.testkit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@link Certification} found. Immutable.
 *
 * @param seed seed of the random numbers
 * @param reports one per operator, in the order given
 */
public record Certificate(long seed, List<Report> reports) {

  /** Copies the reports. */
  public Certificate {
    reports = List.copyOf(reports);
  }

  /** Whether no check failed, none could not be made, and every gradient is proven. */
  public boolean isGranted() {
    return failed() == 0 && unproven().isEmpty();
  }

  /**
   * Names of the operators that a check could not be made of: they have no samples, or values whose
   * numbers the kit does not know.
   */
  public List<String> unproven() {
    return reports.stream()
        .filter(report -> report.count(Verdict.UNTESTED) > 0)
        .map(Report::operator)
        .toList();
  }

  /** Number of operators. */
  public int operators() {
    return reports.size();
  }

  /** Number of checks. */
  public int checks() {
    return results().size();
  }

  /** Checks that passed. */
  public int passed() {
    return (int) results().stream().filter(result -> result.verdict().isPass()).count();
  }

  /** Checks that failed. */
  public int failed() {
    return count(Verdict.FAIL);
  }

  /** Checks that ran and could not tell. */
  public int inconclusive() {
    return count(Verdict.INCONCLUSIVE);
  }

  /** Checks that could not be made. */
  public int untested() {
    return count(Verdict.UNTESTED);
  }

  /** Checks that do not apply. */
  public int skipped() {
    return count(Verdict.SKIPPED);
  }

  /** All results, operator by operator. */
  public List<CheckResult> results() {
    return reports.stream().flatMap(report -> report.results().stream()).toList();
  }

  private int count(Verdict verdict) {
    return reports.stream().mapToInt(report -> report.count(verdict)).sum();
  }

  /** A line per operator, and everything that did not pass. */
  @Override
  public String toString() {
    String summaries = reports.stream().map(Report::summary).collect(Collectors.joining("\n"));
    String problems =
        reports.stream()
            .flatMap(report -> report.problems().stream())
            .map(problem -> "\n" + problem)
            .collect(Collectors.joining());
    return summaries + problems;
  }
}
