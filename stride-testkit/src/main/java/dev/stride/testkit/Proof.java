package dev.stride.testkit;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.testkit.internal.call.BoundArguments;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last result of every report: whether checks proved the gradient of every input. */
final class Proof {

  static final String NO_GRADIENT = "there is no gradient to prove";

  private Proof() {}

  static CheckResult of(Operator<?> operator, long seed, List<CheckResult> results) {
    if (!hasGradient(operator)) {
      return result(operator, seed, Verdict.SKIPPED, NO_GRADIENT);
    }
    List<CheckResult> numeric = results.stream().filter(r -> r.rule().provesGradient()).toList();
    if (numeric.stream().noneMatch(r -> r.verdict().isPass())) {
      return result(
          operator, seed, Verdict.FAIL, "no numeric check proved the gradient. " + remedy(numeric));
    }
    Set<String> unproven = asked(operator, numeric);
    unproven.removeAll(proven(numeric));
    return unproven.isEmpty()
        ? result(operator, seed, Verdict.PASS, "")
        : result(
            operator,
            seed,
            Verdict.FAIL,
            "no numeric check proved the gradient with respect to "
                + unproven
                + ". Give a sample that has it, and whose outputs depend on it.");
  }

  private static String remedy(List<CheckResult> numeric) {
    if (numeric.isEmpty()) {
      return "There is no sample; register a sample where one can.";
    }
    return numeric.stream().anyMatch(r -> r.verdict() == Verdict.FAIL)
        ? "Correct what failed."
        : "Give a sample where one can.";
  }

  /** The inputs to be proven: all, or what the checks looked at if the one that sees all is off. */
  private static Set<String> asked(Operator<?> operator, List<CheckResult> numeric) {
    if (numeric.stream().noneMatch(r -> r.rule() == Rule.DIFFERENCES)) {
      return ports(numeric.stream().flatMap(r -> r.ports().stream()));
    }
    return operator.signature().differentiableInputs().stream()
        .map(Port::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> proven(List<CheckResult> numeric) {
    return ports(
        numeric.stream()
            .filter(r -> r.verdict().isPass())
            .flatMap(r -> r.ports().stream())
            .filter(figures -> !figures.isVacuous()));
  }

  private static Set<String> ports(Stream<PortFigures> figures) {
    return figures
        .map(figure -> BoundArguments.port(figure.input()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static boolean hasGradient(Operator<?> operator) {
    return !operator.signature().differentiableInputs().isEmpty()
        && operator.signature().outputs().stream().anyMatch(Port::differentiable);
  }

  static CheckResult result(Operator<?> operator, long seed, Verdict verdict, String message) {
    return new CheckResult(
        operator.name(),
        "all samples",
        DataType.FLOAT64,
        Rule.PROOF,
        verdict,
        message,
        Map.of(),
        List.of(),
        seed,
        Duration.ZERO);
  }
}
