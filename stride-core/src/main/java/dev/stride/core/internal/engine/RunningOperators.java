package dev.stride.core.internal.engine;

import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The operators of a run that are running, to name those that ignore its cancellation. */
final class RunningOperators {

  private final Set<NodeAdjoint> expensive = ConcurrentHashMap.newKeySet();

  /** For messages only, so a race on it does no harm: cheap operators are too many to follow. */
  private @Nullable OperatorPlan lastCheap;

  void add(NodeAdjoint call) {
    if (call.isCheap()) {
      lastCheap = call.plan();
    } else {
      expensive.add(call);
    }
  }

  void remove(NodeAdjoint call) {
    if (call.isCheap()) {
      lastCheap = null;
    } else {
      expensive.remove(call);
    }
  }

  List<String> names() {
    OperatorPlan cheap = lastCheap;
    return expensive.isEmpty() && cheap != null
        ? List.of(cheap.name())
        : expensive.stream().map(NodeAdjoint::name).sorted().toList();
  }
}
