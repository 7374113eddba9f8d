package dev.stride.testkit.internal.check;

import dev.stride.api.Signature;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses tests that would prove nothing. */
final class Vacuity {

  private Vacuity() {}

  /** Differentiable arguments that the kit cannot perturb. */
  static List<String> withoutCoordinates(Subject subject) {
    return subject.arguments().differentiable().keySet().stream()
        .filter(path -> !subject.inputs().paths().contains(path))
        .toList();
  }

  /** Why there is nothing to differentiate here; null if there is something. */
  static @Nullable Finding refusal(Subject subject) {
    if (subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0) {
      return nothingToDifferentiate(subject);
    }
    return subject.inputs().size() == 0 || subject.outputs().size() == 0
        ? Finding.skipped("the sample's values are empty")
        : null;
  }

  private static Finding nothingToDifferentiate(Subject subject) {
    List<String> unknown = withoutCoordinates(subject);
    if (!unknown.isEmpty()) {
      return Finding.of(Verdict.UNTESTED, "no coordinates are known for the values of " + unknown);
    }
    return subject.inputs().blocks() == 0
        ? Finding.inconclusive("vacuous: the sample gives no differentiable argument")
        : Finding.inconclusive("vacuous: the operator has no differentiable output");
  }

  static Finding noDependence(List<String> inputs) {
    return Finding.inconclusive(
        "vacuous: neither the outputs nor the gradients depend on "
            + inputs
            + " here. Give a sample where they do.");
  }

  /** A pass, unless all inputs are zero and the operator is not said to be linear in them. */
  static Finding unlessAllZero(Subject subject) {
    Signature signature = subject.arguments().signature();
    boolean linear =
        subject.inputs().paths().stream()
            .allMatch(path -> signature.linearIn().contains(BoundArguments.port(path)));
    return subject.point().isZero() && !linear
        ? Finding.inconclusive("vacuous: all inputs are zero. Give a sample of other numbers.")
        : Finding.pass();
  }
}
