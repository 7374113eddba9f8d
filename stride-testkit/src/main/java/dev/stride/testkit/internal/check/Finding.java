package dev.stride.testkit.internal.check;

import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param verdict what it says of the rule
 * @param message what is wrong; empty if nothing
 * @param figures measured numbers
 * @param ports figures per input and output
 */
public record Finding(
    Verdict verdict, String message, Map<String, Double> figures, List<PortFigures> ports) {

  static Finding of(Verdict verdict, String message) {
    return new Finding(verdict, message, Map.of(), List.of());
  }

  static Finding pass() {
    return of(Verdict.PASS, "");
  }

  static Finding fail(String message) {
    return of(Verdict.FAIL, message);
  }

  static Finding inconclusive(String message) {
    return of(Verdict.INCONCLUSIVE, message);
  }

  static Finding skipped(String message) {
    return of(Verdict.SKIPPED, message);
  }

  Finding figure(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(figures);
    more.put(name, value);
    return new Finding(verdict, message, more, ports);
  }

  Finding ports(List<PortFigures> given) {
    return new Finding(verdict, message, figures, given);
  }
}
