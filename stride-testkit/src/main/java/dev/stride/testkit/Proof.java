package dev.stride.testkit;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The last result of every report: whether any check proved the gradient. */
final class Proof {

  private Proof() {}

  static CheckResult of(Operator<?> operator, long seed, List<CheckResult> results) {
    boolean proven =
        results.stream().anyMatch(r -> r.rule().provesGradient() && r.verdict().isPass());
    if (proven) {
      return result(operator, seed, Verdict.PASS, "");
    }
    if (operator.signature().differentiableInputs().isEmpty()
        || operator.signature().outputs().stream().noneMatch(Port::differentiable)) {
      return result(operator, seed, Verdict.SKIPPED, "there is no gradient to prove");
    }
    return result(
        operator,
        seed,
        Verdict.FAIL,
        "no numeric check proved the gradient. "
            + (results.isEmpty() ? "There is no sample; register" : "Give")
            + " a sample where one can.");
  }

  private static CheckResult result(
      Operator<?> operator, long seed, Verdict verdict, String message) {
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
