package dev.stride.testkit;

import dev.stride.api.DataType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What one check found at one sample.
 *
 * @param operator the operator's name
 * @param sample the sample's description
 * @param type the type of the tensors
 * @param rule the rule checked
 * @param verdict what was found
 * @param message what is wrong or why nothing can be said; empty after a plain pass
 * @param figures measured numbers by name
 * @param ports the adjoint compared with the derivative, per input and output
 * @param seed seed of the random numbers
 * @param elapsed time taken
 */
public record CheckResult(
    String operator,
    String sample,
    DataType type,
    Rule rule,
    Verdict verdict,
    String message,
    Map<String, Double> figures,
    List<PortFigures> ports,
    long seed,
    Duration elapsed) {

  /** Copies the collections. */
  public CheckResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    ports = List.copyOf(ports);
  }

  /** One line of Java that repeats this check alone. */
  public String reproduce() {
    return "GradientChecker.of(operator).at(sample).types(DataType."
        + type.name()
        + ").only(Rule."
        + rule.name()
        + ").seed("
        + seed
        + "L).run()  // sample "
        + sample;
  }

  /** Rule, verdict, figures and, unless it passed, what is wrong and how to repeat it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-12s %s", verdict, rule));
    text.append(" [").append(operator).append(" at ").append(sample).append(", ");
    text.append(type).append(']');
    StringJoiner numbers = new StringJoiner(", ", " ", "").setEmptyValue("");
    figures.forEach((name, value) -> numbers.add(name + " " + number(value)));
    text.append(numbers);
    if (!message.isEmpty()) {
      text.append("\n    ").append(message.replace("\n", "\n    "));
    }
    if (!verdict.isPass() && verdict != Verdict.SKIPPED) {
      ports.forEach(port -> text.append("\n      ").append(port));
      if (rule != Rule.PROOF) {
        text.append("\n    repeat: ").append(reproduce());
      }
    }
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2e", value);
  }
}
