package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.Port;
import dev.stride.api.Port.Arity;
import dev.stride.api.VariableBundle;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds arguments to the ports of a signature, and says at once what does not fit. */
final class Binder {

  private final EngineCore engine;

  Binder(EngineCore engine) {
    this.engine = engine;
  }

  /** Binds positional arguments; without a container among them this makes no map and no path. */
  Binding bind(Callee callee, @Nullable Object[] given, boolean records) {
    if (given.length > callee.variadicAt() || hasContainer(given)) {
      return bind(callee, arguments(callee.plan(), given), records);
    }
    OperatorPlan plan = callee.plan();
    checkCount(plan, given.length);
    Binding binding = new Binding(plan.layout(given.length), records);
    for (int place = 0; place < given.length; place++) {
      put(plan, binding, place, given[place]);
    }
    return binding;
  }

  /** Binds any arguments. */
  Binding bind(Callee callee, Arguments arguments, boolean records) {
    OperatorPlan plan = callee.plan();
    @Nullable Object[] perPort = PortArguments.assign(plan, arguments);
    LayoutBuilder places = new LayoutBuilder(plan);
    places.addAll(perPort);
    Binding binding = new Binding(places.layout(), records);
    List<Object> values = places.values();
    for (int place = 0; place < values.size(); place++) {
      put(plan, binding, place, values.get(place));
    }
    return binding;
  }

  private void put(OperatorPlan plan, Binding binding, int place, @Nullable Object argument) {
    if (argument instanceof EngineVariable<?> variable) {
      binding.put(place, captured(plan, binding.layout(), place, variable));
    } else if (argument == null) {
      throw new IllegalArgumentException(
          plan.name()
              + ": argument `"
              + binding.layout().path(place)
              + "` is null; leave an optional argument out instead");
    } else {
      binding.put(place, ArgumentTypes.convert(plan, binding.layout(), place, argument));
    }
  }

  /** A variable as it is now, checked as far as it can be. */
  Captured<?> captured(OperatorPlan plan, Layout layout, int place, EngineVariable<?> variable) {
    checkEngine(plan, variable);
    Captured<?> captured = variable.capture();
    Object now = captured.pending().now();
    if (now != null) {
      ArgumentTypes.check(plan, layout, place, now);
    }
    return captured;
  }

  void checkEngine(OperatorPlan plan, EngineVariable<?> variable) {
    if (variable.owner() != engine) {
      throw new IllegalArgumentException(
          plan.name()
              + ": variable '"
              + variable.name()
              + "' belongs to another engine. Make all variables of a call with the same one.");
    }
  }

  static void checkCount(OperatorPlan plan, int given) {
    List<Port> ports = plan.signature().inputs();
    if (given < ports.size() && ports.get(given).arity() == Arity.REQUIRED) {
      throw PortArguments.missing(plan, ports.get(given));
    }
  }

  static boolean hasContainer(@Nullable Object[] given) {
    for (Object argument : given) {
      if (argument instanceof List<?>
          || argument instanceof Map<?, ?>
          || argument instanceof VariableBundle
          || argument instanceof Arguments) {
        return true;
      }
    }
    return false;
  }

  /** Positional arguments as the operator's author sees them. */
  static Arguments arguments(OperatorPlan plan, @Nullable Object[] given) {
    return Arguments.of(nonNull(plan, given));
  }

  private static Object[] nonNull(OperatorPlan plan, @Nullable Object[] given) {
    Object[] checked = new Object[given.length];
    for (int i = 0; i < given.length; i++) {
      Object argument = given[i];
      if (argument == null) {
        throw new IllegalArgumentException(
            plan.name() + ": argument " + i + " is null; leave an optional argument out instead");
      }
      checked[i] = argument;
    }
    return checked;
  }

  /** Every place of one layout, in order. */
  static Layout outputs(OperatorPlan plan, int count) {
    Layout fixed = plan.outputs();
    return fixed != null ? fixed : LayoutBuilder.variadicOutputs(plan, count);
  }
}
