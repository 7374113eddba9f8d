package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Fusion;
import dev.stride.api.Fusion.Source;
import dev.stride.api.Fusion.Step;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Formula} of calls whose operators have one each: the expressions of a device's
 * language with those of the calls before in place of their results. A cotangent goes from the last
 * to the first, as it would in an adjoint run.
 */
final class JoinedFormulas {

  /** Characters of a value and its gradients: what a driver compiles in no time. */
  private static final int LONGEST = 8192;

  private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w*\\b");

  private final Fusion fusion;
  private final int last;
  private final boolean keepsResult;
  private final List<Formula> formulas = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final Map<Integer, String> cotangents = new HashMap<>();
  private final Map<Integer, String> gradients = new HashMap<>();

  private JoinedFormulas(Fusion fusion, int last, boolean keepsResult) {
    this.fusion = fusion;
    this.last = last;
    this.keepsResult = keepsResult;
  }

  /** The formula of all calls; null if there is none. */
  static @Nullable Formula of(Fusion fusion) {
    return new JoinedFormulas(fusion, fusion.steps().size() - 1, true).formula();
  }

  /** The formula of all calls but the last; its slopes do not speak of the result. */
  static @Nullable Formula ofAllButLast(Fusion fusion) {
    return new JoinedFormulas(fusion, fusion.steps().size() - 2, false).formula();
  }

  private @Nullable Formula formula() {
    if (!knowsAll()) {
      return null;
    }
    for (int step = 0; step <= last; step++) {
      values.add("(" + at(step, formulas.get(step).value().text(), null) + ")");
      if (values.getLast().length() > LONGEST) {
        return null;
      }
    }
    cotangents.put(last, Formula.COTANGENT);
    for (int step = last; step >= 0; step--) {
      if (!passOn(step)) {
        return null;
      }
    }
    return built();
  }

  private boolean knowsAll() {
    for (Step step : fusion.steps().subList(0, Math.max(0, last + 1))) {
      if (!(step.operator() instanceof ElementOperator operator)) {
        return false;
      }
      formulas.add(operator.formula());
    }
    return last >= 0
        && fusion.inputs().stream()
            .allMatch(port -> isTensor(port) || Number.class.isAssignableFrom(port.type()));
  }

  private static boolean isTensor(Port port) {
    return port.type() == Tensor.class;
  }

  /** Adds to the cotangents of what a call takes; false if that grows too long. */
  private boolean passOn(int step) {
    Formula formula = formulas.get(step);
    String cotangent = cotangents.get(step);
    for (String input : formula.inputs()) {
      if (cotangent != null && formula.isDifferentiable(input)) {
        String part = part(step, input, cotangent);
        if (part.length() > LONGEST) {
          return false;
        }
        switch (source(step, input)) {
          case Source.Before(int before) -> cotangents.merge(before, part, JoinedFormulas::sum);
          case Source.Outside(int outside) -> gradients.merge(outside, part, JoinedFormulas::sum);
          case Source.LeftOut none -> throw leftOut();
        }
      }
    }
    return true;
  }

  private String part(int step, String input, String cotangent) {
    Formula formula = formulas.get(step);
    return formula.isOne(input)
        ? cotangent
        : "(" + at(step, formula.product(input).text(), cotangent) + ")";
  }

  private static String sum(String before, String part) {
    return "(" + before + " + " + part + ")";
  }

  /** An expression of a call's own names in terms of what goes in from outside. */
  private String at(int step, String text, @Nullable String cotangent) {
    Formula formula = formulas.get(step);
    Map<String, String> meaning = new HashMap<>();
    formula.inputs().forEach(input -> meaning.put(input, value(source(step, input))));
    formula.numbers().forEach(number -> meaning.put(number, number(step, number)));
    if (cotangent != null) {
      boolean kept = step == last && keepsResult;
      meaning.put(Formula.RESULT, kept ? Formula.RESULT : values.get(step));
      meaning.put(Formula.COTANGENT, cotangent);
    }
    return NAME.matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(meaning.getOrDefault(name.group(), name.group())));
  }

  private Source source(int step, String port) {
    return fusion.steps().get(step).argument(port);
  }

  private IllegalArgumentException leftOut() {
    return new IllegalArgumentException(fusion.name() + ": a tensor was left out");
  }

  private String value(Source source) {
    return switch (source) {
      case Source.Before(int before) -> values.get(before);
      case Source.Outside(int input) -> named(input);
      case Source.LeftOut none -> throw leftOut();
    };
  }

  /** Ports of a joined call are named apart from everything that expressions speak of. */
  private String named(int input) {
    return fusion.inputs().get(input).name();
  }

  private String number(int step, String number) {
    Double fallback = formulas.get(step).fallback(number);
    return switch (fusion.steps().get(step).argument(number)) {
      case Source.Outside(int input) -> named(input);
      default -> "C(" + fallback + ")";
    };
  }

  private @Nullable Formula built() {
    Formula.Builder builder = Formula.named(fusion.name());
    for (int i = 0; i < fusion.inputs().size(); i++) {
      Port port = fusion.inputs().get(i);
      if (!isTensor(port)) {
        builder.number(port.name(), null);
      } else if (port.differentiable()) {
        String gradient = gradients.getOrDefault(i, "0");
        if (gradient.length() > LONGEST) {
          return null;
        }
        builder.input(port.name(), gradient.equals(Formula.COTANGENT) ? "1" : gradient);
      } else {
        builder.auxiliary(port.name());
      }
    }
    return builder.checked(this::check).computes(values.get(last));
  }

  private void check(OperatorCall call) {
    for (int step = 0; step <= last; step++) {
      formulas.get(step).check(fusion.within(call, step));
    }
  }
}
