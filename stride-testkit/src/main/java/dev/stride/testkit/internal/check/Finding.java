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

  /** A verdict with a message. */
  public static Finding of(Verdict verdict, String message) {
    return new Finding(verdict, message, Map.of(), List.of());
  }

  /** The rule holds. */
  public static Finding pass() {
    return of(Verdict.PASS, "");
  }

  /** The rule is broken. */
  public static Finding fail(String message) {
    return of(Verdict.FAIL, message);
  }

  /** It cannot be told. */
  public static Finding inconclusive(String message) {
    return of(Verdict.INCONCLUSIVE, message);
  }

  /** The rule does not apply. */
  public static Finding skipped(String message) {
    return of(Verdict.SKIPPED, message);
  }

  /** This with a measured number. */
  public Finding figure(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(figures);
    more.put(name, value);
    return new Finding(verdict, message, more, ports);
  }

  /** This with figures per input and output. */
  public Finding ports(List<PortFigures> given) {
    return new Finding(verdict, message, figures, given);
  }
}
