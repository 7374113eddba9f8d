package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * For every subset of outputs, leaving the others without a cotangent is the same as giving them
 * zeros, and the gradients of single outputs add up to that of all.
 */
final class UnusedOutputsCheck implements Check {

  private static final int ALL_SUBSETS = 5;

  @Override
  public Rule rule() {
    return Rule.UNUSED_OUTPUTS;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    for (Set<String> used : NeedsGradCheck.subsets(subject.outputs().paths(), ALL_SUBSETS)) {
      Vec absent = withAbsent(subject, cotangent, used);
      Vec zeros = subject.gradient(subject.point(), masked(subject, cotangent, used));
      String problem = Bits.difference(subject.inputs(), zeros, absent);
      if (!problem.isEmpty()) {
        return Finding.fail(
            "with cotangents for " + used + " only, " + problem + " with explicit zeros");
      }
    }
    return additive(setting, subject, cotangent);
  }

  private static Vec withAbsent(Subject subject, Vec cotangent, Set<String> used) {
    Map<String, Object> given = new LinkedHashMap<>(subject.outputs().values(cotangent));
    given.keySet().retainAll(used);
    try (Forwarded forwarded = subject.forward(subject.point())) {
      return subject.inputs().vector(subject.adjoint(forwarded, given, path -> true));
    }
  }

  private static Vec masked(Subject subject, Vec cotangent, Set<String> used) {
    Vec masked = subject.outputs().zeros();
    for (int o = 0; o < subject.outputs().blocks(); o++) {
      if (used.contains(subject.outputs().path(o))) {
        masked = masked.plus(1, cotangent.only(o));
      }
    }
    return masked;
  }

  private static Finding additive(Setting setting, Subject subject, Vec cotangent) {
    Vec all = subject.gradient(subject.point(), cotangent);
    Vec sum = subject.inputs().zeros();
    double size = 0;
    for (String path : subject.outputs().paths()) {
      Vec single = withAbsent(subject, cotangent, Set.of(path));
      sum = sum.plus(1, single);
      size += single.norm();
    }
    double difference = all.minus(sum).norm();
    double error = difference == 0 ? 0 : difference / (size + all.norm());
    double tolerance = setting.tolerances().dot(subject.type());
    return error <= tolerance
        ? Finding.pass().figure("error", error)
        : Finding.fail(
            String.format(
                Locale.ROOT,
                "the gradients of single outputs do not add up to that of all: error %.2e",
                error));
  }
}
