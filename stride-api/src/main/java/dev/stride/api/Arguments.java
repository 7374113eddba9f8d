package dev.stride.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of one call, positional and named. Immutable, though containers among them are not
 * copied before the call.
 */
public final class Arguments {

  private static final Arguments NONE = new Arguments(List.of(), Map.of());

  private final List<Object> positional;
  private final Map<String, Object> named;

  private Arguments(List<Object> positional, Map<String, Object> named) {
    this.positional = positional;
    this.named = named;
  }

  /**
   * Positional arguments, variables and plain values mixed.
   *
   * @throws IllegalArgumentException if one is null
   */
  public static Arguments of(Object... positional) {
    return checked("", positional);
  }

  /** What {@link Operator#call} was given: positional arguments, or one {@code Arguments}. */
  static Arguments from(Operator<?> operator, Object... given) {
    return given.length == 1 && given[0] instanceof Arguments arguments
        ? arguments
        : checked(operator.signature().name() + ": ", given);
  }

  private static Arguments checked(String whose, Object[] positional) {
    for (int i = 0; i < positional.length; i++) {
      if (positional[i] == null) {
        throw new IllegalArgumentException(
            whose + "argument " + i + " is null; leave an optional argument out instead");
      }
    }
    return positional.length == 0 ? NONE : new Arguments(List.of(positional), Map.of());
  }

  /**
   * These arguments and one for the port of this name.
   *
   * @throws IllegalArgumentException if it is null, or that port was named before
   */
  public Arguments with(String port, Object value) {
    Objects.requireNonNull(port, "port");
    if (value == null) {
      throw new IllegalArgumentException(
          "argument '" + port + "' is null; leave an optional argument out instead");
    }
    if (named.containsKey(port)) {
      throw new IllegalArgumentException("argument '" + port + "' is given twice");
    }
    Map<String, Object> more = new LinkedHashMap<>(named);
    more.put(port, value);
    return new Arguments(positional, Collections.unmodifiableMap(more));
  }

  /** Positional arguments. */
  public List<Object> positional() {
    return positional;
  }

  /** Named arguments in the order given. */
  public Map<String, Object> named() {
    return named;
  }

  /** Every variable among the arguments, also inside lists, maps and bundles. */
  public List<Variable<?>> variables() {
    return isFlat() ? variablesOf(positional) : variablesInside();
  }

  private boolean isFlat() {
    for (Object item : positional) {
      if (isContainer(item)) {
        return false;
      }
    }
    return named.isEmpty();
  }

  private static List<Variable<?>> variablesOf(List<Object> items) {
    List<Variable<?>> found = new ArrayList<>(items.size());
    for (Object item : items) {
      if (item instanceof Variable<?> variable) {
        found.add(variable);
      }
    }
    return found;
  }

  private static boolean isContainer(Object item) {
    return item instanceof VariableBundle || item instanceof Map<?, ?> || item instanceof List<?>;
  }

  private List<Variable<?>> variablesInside() {
    List<Variable<?>> found = new ArrayList<>();
    Deque<Object> open = new ArrayDeque<>();
    pushReversed(open, new ArrayList<>(named.values()));
    pushReversed(open, positional);
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Variable<?> variable -> found.add(variable);
        case VariableBundle bundle ->
            pushReversed(open, new ArrayList<>(bundle.entries().values()));
        case Map<?, ?> map -> pushReversed(open, new ArrayList<>(map.values()));
        case List<?> list -> pushReversed(open, list);
        default -> {}
      }
    }
    return found;
  }

  /** The engine that the variables belong to. */
  Engine engine(Operator<?> operator) {
    Engine engine = null;
    Variable<?> first = null;
    for (Variable<?> variable : variables()) {
      if (engine == null || first == null) {
        engine = variable.engine();
        first = variable;
      } else if (engine != variable.engine()) {
        throw new IllegalArgumentException(
            operator.name()
                + ": variables '"
                + first.name()
                + "' and '"
                + variable.name()
                + "' belong to two engines. Make both with the same one.");
      }
    }
    return requireEngine(engine, operator);
  }

  private static Engine requireEngine(@Nullable Engine engine, Operator<?> operator) {
    if (engine == null) {
      throw new IllegalStateException(
          operator.name()
              + ": called without any variable, so no engine is known. Bind the operator first:"
              + " stride.bind(operator), or take it from stride.operator(name).");
    }
    return engine;
  }

  private static void pushReversed(Deque<Object> open, List<?> items) {
    for (int i = items.size() - 1; i >= 0; i--) {
      Object item = items.get(i);
      if (item != null) {
        open.push(item);
      }
    }
  }
}
