package dev.stride.testkit.internal.check;

import dev.stride.api.Signature;
import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tests that would prove nothing. They are skipped, not passed; the proof, which comes
 * last, asks for another sample for every input that no check has proven.
 */
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
        ? Finding.skipped("vacuous: the sample gives no differentiable argument")
        : Finding.skipped("vacuous: the operator has no differentiable output");
  }

  /** What a check found that is right wherever something depends on an input. */
  static Finding passed(Subject subject, List<PortFigures> figures) {
    if (figures.stream().allMatch(PortFigures::isVacuous)) {
      return noDependence(figures.stream().map(PortFigures::input).distinct().toList());
    }
    List<String> vacuous =
        figures.stream()
            .map(PortFigures::input)
            .distinct()
            .filter(input -> !dependsOn(input, figures))
            .toList();
    Finding found = unlessAllZero(subject);
    return vacuous.isEmpty() || !found.verdict().isPass()
        ? found
        : Finding.of(Verdict.PASS, dependence(vacuous));
  }

  private static boolean dependsOn(String input, List<PortFigures> figures) {
    return figures.stream().anyMatch(f -> f.input().equals(input) && !f.isVacuous());
  }

  /** There is nothing to compare: another sample has to prove the gradient. */
  static Finding noDependence(List<String> inputs) {
    return Finding.skipped("vacuous: " + dependence(inputs));
  }

  private static String dependence(List<String> inputs) {
    return "neither the outputs nor the gradients depend on " + inputs + " here";
  }

  /** A pass, unless all inputs are zero and the operator is not said to be linear in them. */
  private static Finding unlessAllZero(Subject subject) {
    Signature signature = subject.arguments().signature();
    boolean linear =
        subject.inputs().paths().stream()
            .allMatch(path -> signature.linearIn().contains(BoundArguments.port(path)));
    return subject.point().isZero() && !linear
        ? Finding.skipped("vacuous: all inputs are zero")
        : Finding.pass();
  }
}
