package dev.stride.testkit;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The last result of every report: whether any check proved the gradient. */
final class Proof {

  static final String NO_GRADIENT = "there is no gradient to prove";

  private Proof() {}

  static CheckResult of(Operator<?> operator, long seed, List<CheckResult> results) {
    boolean proven =
        results.stream().anyMatch(r -> r.rule().provesGradient() && r.verdict().isPass());
    if (proven) {
      return result(operator, seed, Verdict.PASS, "");
    }
    if (!hasGradient(operator)) {
      return result(operator, seed, Verdict.SKIPPED, NO_GRADIENT);
    }
    return result(
        operator,
        seed,
        Verdict.FAIL,
        "no numeric check proved the gradient. "
            + (results.isEmpty() ? "There is no sample; register" : "Give")
            + " a sample where one can.");
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
