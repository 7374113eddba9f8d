package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every subset of needed gradients equals that part of the full run, bitwise. */
final class NeedsGradCheck implements Check {

  private static final int ALL_SUBSETS = 6;

  @Override
  public Rule rule() {
    return Rule.NEEDS_GRAD;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    Vec full = subject.gradient(subject.point(), cotangent);
    List<Set<String>> subsets = subsets(subject.inputs().paths(), ALL_SUBSETS);
    for (Set<String> needed : subsets) {
      String problem = problem(subject, cotangent, full, needed);
      if (!problem.isEmpty()) {
        return Finding.fail("with needsGrad for " + needed + " only, " + problem);
      }
    }
    return Finding.pass().figure("subsets", subsets.size());
  }

  private static String problem(Subject subject, Vec cotangent, Vec full, Set<String> needed) {
    Layout inputs = subject.inputs();
    try (Forwarded forwarded = subject.forward(subject.point(), needed::contains)) {
      Map<String, Object> values = new LinkedHashMap<>(inputs.values(full));
      values.putAll(
          subject.adjoint(forwarded, subject.outputs().values(cotangent), needed::contains));
      return Bits.difference(inputs, full, inputs.vector(values));
    }
  }

  /** All subsets of a few names; of many the empty one, singles, neighbouring pairs and all. */
  static List<Set<String>> subsets(List<String> names, int all) {
    List<Set<String>> subsets = new ArrayList<>();
    if (names.size() <= all) {
      for (int bits = 0; bits < 1 << names.size(); bits++) {
        subsets.add(subset(names, bits));
      }
      return subsets;
    }
    subsets.add(Set.of());
    for (int i = 0; i < names.size(); i++) {
      subsets.add(Set.of(names.get(i)));
      subsets.add(new LinkedHashSet<>(names.subList(i, Math.min(i + 2, names.size()))));
    }
    subsets.add(new LinkedHashSet<>(names));
    return subsets;
  }

  private static Set<String> subset(List<String> names, int bits) {
    Set<String> subset = new LinkedHashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if ((bits >> i & 1) == 1) {
        subset.add(names.get(i));
      }
    }
    return subset;
  }
}
