package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.Device;
import dev.stride.api.FusibleOperator;
import dev.stride.api.Fusion;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.Results;
import dev.stride.api.StrideException;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls off in a scope of {@code fused}, and makes one call of those that feed it. Remembers
 * which operator does what several did.
 */
final class Fusions {

  /** Calls that may become one: formulas grow with them, and the work of joining them. */
  private static final int MOST_CALLS = 24;

  private static final int REMEMBERED = 512;

  private final EngineCore engine;
  private final Map<List<Object>, Optional<Callee>> known = new Latest<>(REMEMBERED);

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
    FusedChain chain = FusedChain.endingWith(output);
    if (chain != null && chain.size() > 1 && joined(chain) == null) {
      makeFeeders(given);
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

  /** Makes the calls whose results a call takes, so that it takes values. */
  private static void makeFeeders(@Nullable Object[] given) {
    for (Object argument : given) {
      if (argument instanceof FusedVariable<?> before) {
        before.capture();
      }
    }
  }

  /** Makes a call that was put off, in one go with those it takes the results of. */
  Captured<?> make(FusedVariable<?> wanted) {
    FusedChain chain = FusedChain.endingWith(wanted);
    Callee callee = chain == null ? null : chain.size() == 1 ? wanted.callee() : joined(chain);
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
      makeFeeders(given);
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

  /** The operator that does what a chain does; null if there is none. */
  private @Nullable Callee joined(FusedChain chain) {
    if (chain.size() > MOST_CALLS) {
      return null;
    }
    List<Object> form = chain.form();
    synchronized (known) {
      Optional<Callee> found = known.get(form);
      if (found != null) {
        return found.orElse(null);
      }
    }
    Callee joined = join(chain);
    synchronized (known) {
      known.put(form, Optional.ofNullable(joined));
    }
    return joined;
  }

  private @Nullable Callee join(FusedChain chain) {
    List<Device> devices = chain.devices();
    if (devices == null) {
      return null;
    }
    String pack = chain.last().callee().plan().pack();
    List<Choice> choices = new ArrayList<>();
    for (Device device : devices) {
      Operator<?> joined = join(chain.fusion(device));
      if (joined == null) {
        return null;
      }
      choices.add(new Choice(device, new OperatorPlan(joined, joined, pack)));
    }
    if (!choices.isEmpty()) {
      return Callee.of(choices.getFirst().plan(), choices);
    }
    Operator<?> joined = join(chain.fusion());
    return joined == null ? null : Callee.of(new OperatorPlan(joined, joined, pack), List.of());
  }

  private static @Nullable Operator<?> join(Fusion fusion) {
    Operator<?> last = fusion.steps().getLast().operator();
    Operator<?> joined = last instanceof FusibleOperator<?> able ? able.fuse(fusion) : null;
    if (joined != null) {
      check(fusion, last, joined);
    }
    return joined;
  }

  private static void check(Fusion fusion, Operator<?> last, Operator<?> joined) {
    List<Port> inputs = joined.signature().inputs();
    List<Port> outputs = last.signature().outputs();
    if (!inputs.equals(fusion.inputs()) || !joined.signature().outputs().equals(outputs)) {
      throw new StrideException(
          "WrongFusion",
          last.name()
              + ": the operator that fuse returned for "
              + fusion.name()
              + " takes "
              + inputs
              + " and gives "
              + joined.signature().outputs()
              + "; expected "
              + fusion.inputs()
              + " and "
              + outputs
              + ". Start its signature with fusion.signature().");
    }
  }

  /** The entries used last. */
  private static final class Latest<K, V> extends LinkedHashMap<K, V> {

    private final int most;

    Latest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
