package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.Port;
import dev.stride.api.Results;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls off in a scope of {@code fused}, and makes one call of one that is wanted and those
 * that feed it.
 */
final class Fusions {

  private final EngineCore engine;
  private final JoinedOperators joined = new JoinedOperators();

  Fusions(EngineCore engine) {
    this.engine = engine;
  }

  /** Puts a call off; null if it has to be made now. Says at once what is wrong with it. */
  @Nullable Results putOff(
      Binder binder,
      Callee callee,
      CallSettings settings,
      Arguments arguments,
      @Nullable StackFrame site) {
    OperatorPlan plan = callee.plan();
    if (!callee.isFusible() || engine.anomalies().isWanted(false)) {
      return null;
    }
    @Nullable Object[] given = PortArguments.assign(plan, arguments);
    if (Binder.hasContainer(given)) {
      return null;
    }
    take(binder, plan, settings, given);
    FusedVariable<?> output = new FusedVariable<>(engine, callee, settings, given, site);
    for (int i = 0; i < given.length && !canBeOne(output); i++) {
      makeFeeder(given[i]);
    }
    return new CallResults(plan, Binder.outputs(plan, 1), output);
  }

  /** Replaces variables by what they are now, but for those that are put off as this call is. */
  private void take(
      Binder binder, OperatorPlan plan, CallSettings settings, @Nullable Object[] given) {
    Layout layout = plan.layout(given.length);
    for (int i = 0; i < given.length; i++) {
      Object argument = given[i];
      if (argument instanceof FusedVariable<?> before
          && canTake(layout.port(i), before, settings)) {
        binder.checkEngine(plan, before);
      } else if (argument instanceof EngineVariable<?> variable) {
        given[i] = binder.captured(plan, layout, i, variable);
      } else if (argument != null) {
        given[i] = ArgumentTypes.convert(plan, layout, i, argument);
      }
    }
  }

  private static boolean canTake(Port port, FusedVariable<?> before, CallSettings settings) {
    Port output = before.callee().plan().signature().outputs().getFirst();
    return before.arguments() != null
        && before.settings().equals(settings)
        && port.type().isAssignableFrom(output.type());
  }

  /** Whether a call and those that feed it can be made in one go. */
  private boolean canBeOne(FusedVariable<?> output) {
    FusedChain chain = FusedChain.endingWith(output);
    return chain == null || chain.size() == 1 || joined.of(chain) != null;
  }

  /** Makes the call whose result is an argument, so that the argument is a value. */
  private static void makeFeeder(@Nullable Object argument) {
    if (argument instanceof FusedVariable<?> before) {
      before.capture();
    }
  }

  /** Makes a call that was put off, in one go with those it takes the results of. */
  Captured<?> make(FusedVariable<?> wanted) {
    FusedChain chain = FusedChain.endingWith(wanted);
    Callee callee = chain == null ? null : chain.size() == 1 ? wanted.callee() : joined.of(chain);
    if (chain != null && callee == null) {
      chain = alone(wanted);
      callee = wanted.callee();
    }
    if (chain != null && callee != null) {
      start(wanted, callee, chain);
    }
    return wanted.capture();
  }

  /** The call by itself, after those that it takes the results of. */
  private static @Nullable FusedChain alone(FusedVariable<?> wanted) {
    @Nullable Object @Nullable [] given = wanted.arguments();
    if (given != null) {
      for (Object argument : given) {
        makeFeeder(argument);
      }
    }
    return FusedChain.endingWith(wanted);
  }

  private void start(FusedVariable<?> wanted, Callee callee, FusedChain chain) {
    engine.backlog().enter();
    ForwardTask task;
    try {
      task = task(wanted, callee, chain);
    } catch (Throwable failure) {
      engine.backlog().leave();
      throw failure;
    }
    if (!wanted.makes(task)) {
      engine.backlog().leave();
    } else if (engine.isCancelled()) {
      task.end(Shutdown.cancelled(task.name()));
    } else {
      task.submit();
    }
  }

  private ForwardTask task(FusedVariable<?> wanted, Callee callee, FusedChain chain) {
    OperatorPlan plan = callee.plan();
    CallSettings settings = wanted.settings();
    LayoutBuilder places = new LayoutBuilder(plan);
    places.addAll(chain.size() == 1 ? chain.given() : chain.outside().toArray());
    Binding binding = new Binding(places.layout(), settings.recording());
    List<Object> values = places.values();
    for (int place = 0; place < values.size(); place++) {
      if (values.get(place) instanceof Captured<?> variable) {
        binding.put(place, variable);
      } else {
        binding.put(place, values.get(place));
      }
    }
    return engine
        .calls()
        .task(
            callee,
            settings,
            binding,
            Binder.outputs(plan, 1),
            wanted.sequence(),
            wanted.callSite());
  }
}
