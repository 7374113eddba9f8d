package dev.stride.core.internal.engine;

import dev.stride.api.Device;
import dev.stride.api.FusibleOperator;
import dev.stride.api.Fusion;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.StrideException;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operators that do what several calls do, as packs have made them; those used last. */
final class JoinedOperators {

  /** Calls that may become one: formulas grow with them, and the work of joining them. */
  private static final int MOST_CALLS = 24;

  private static final int REMEMBERED = 512;

  /** By form, the one used last at the end. */
  private final LinkedHashMap<List<Object>, Optional<Callee>> known =
      new LinkedHashMap<>(16, 0.75f, true);

  /** The operator of a chain; null if its calls cannot become one. */
  @Nullable Callee of(FusedChain chain) {
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
      if (known.size() > REMEMBERED) {
        known.pollFirstEntry();
      }
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
}
