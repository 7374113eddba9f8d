package dev.stride.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What did not pass, for people. One mistake, such as a gradient of the wrong type, can fail a
 * dozen rules at every sample with the same words: it is shown once, with the rules that it fails.
 */
final class Problems {

  private static final List<Verdict> ORDER =
      List.of(Verdict.FAIL, Verdict.UNTESTED, Verdict.INCONCLUSIVE);

  private Problems() {}

  /** A text each, failures first. */
  static List<String> of(List<CheckResult> results) {
    List<String> texts = new ArrayList<>();
    for (Verdict verdict : ORDER) {
      alike(results, verdict).forEach(same -> texts.add(text(same)));
    }
    return texts;
  }

  private static Iterable<List<CheckResult>> alike(List<CheckResult> results, Verdict verdict) {
    Map<String, List<CheckResult>> alike = new LinkedHashMap<>();
    for (CheckResult result : results) {
      if (result.verdict() == verdict) {
        alike.computeIfAbsent(result.message(), message -> new ArrayList<>()).add(result);
      }
    }
    return alike.values();
  }

  private static String text(List<CheckResult> same) {
    String first = same.getFirst().toString();
    if (same.size() == 1) {
      return first;
    }
    List<CheckResult> more = same.subList(1, same.size());
    return first
        + "\n    the same in "
        + (more.size() == 1 ? "another check" : more.size() + " more checks")
        + ", of "
        + more.stream().map(r -> r.rule().id()).distinct().collect(Collectors.joining(", "));
  }
}
