package dev.stride.cli.check;

import dev.stride.cli.report.Json;
import dev.stride.testkit.Certificate;
import dev.stride.testkit.CheckResult;
import dev.stride.testkit.Report;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the checks of operators found, as JSON and for people.
 *
 * @param certificate what was found
 */
public record CheckSummary(Certificate certificate) {

  /** Everything, figures included. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operators", certificate.operators());
    json.put("checks", certificate.checks());
    json.put("passed", certificate.passed());
    json.put("failed", certificate.failed());
    json.put("inconclusive", certificate.inconclusive());
    json.put("skipped", certificate.skipped());
    json.put("untested", certificate.untested());
    json.put("granted", certificate.isGranted());
    json.put("seed", certificate.seed());
    json.put("results", certificate.results().stream().map(CheckSummary::json).toList());
    return json;
  }

  /**
   * A line an operator, all that did not pass, how to repeat that, and the sums.
   *
   * @param command that checks an operator of this name by itself
   */
  public List<String> lines(UnaryOperator<String> command) {
    List<String> lines = new ArrayList<>();
    for (Report report : certificate.reports()) {
      lines.add(report.summary());
      lines.addAll(report.problems());
      if (!report.passed()) {
        lines.add("repeat what failed: " + command.apply(report.operator()) + options(report));
      }
    }
    lines.add(
        "%d operators, %d checks: %d passed, %d failed, %d inconclusive, %d skipped, %d untested"
            .formatted(
                certificate.operators(),
                certificate.checks(),
                certificate.passed(),
                certificate.failed(),
                certificate.inconclusive(),
                certificate.skipped(),
                certificate.untested()));
    if (!certificate.unproven().isEmpty()) {
      lines.add(
          "not proven, since checks could not be made: "
              + String.join(", ", certificate.unproven()));
    }
    return lines;
  }

  /** The rules that failed; the proof follows from others, so it needs all. */
  private static String options(Report report) {
    String rules =
        report.with(Verdict.FAIL).stream()
            .map(CheckResult::rule)
            .filter(rule -> rule != Rule.PROOF)
            .map(Rule::id)
            .distinct()
            .collect(Collectors.joining(","));
    return (rules.isEmpty() ? "" : " --rule " + rules) + " --seed " + report.seed();
  }

  private static Map<String, Object> json(CheckResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operator", result.operator());
    json.put("sample", result.sample());
    json.put("type", result.type().toString());
    json.put("rule", result.rule().id());
    json.put("check", result.rule().toString());
    json.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
    json.put("message", result.message());
    Map<String, Object> figures = new LinkedHashMap<>();
    result.figures().forEach((name, value) -> figures.put(name, Json.number(value)));
    json.put("figures", figures);
    json.put("seconds", result.elapsed().toNanos() * 1e-9);
    return json;
  }
}
