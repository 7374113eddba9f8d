package dev.stride.core.internal.engine;

import dev.stride.api.Weight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Nodes whose cotangents have all arrived, on one thread: cheap ones first, the newest first. */
final class Ready {

  private final Deque<NodeAdjoint> cheap = new ArrayDeque<>();
  private final Deque<NodeAdjoint> expensive = new ArrayDeque<>();
  private int visited;

  Ready() {}

  Ready(NodeAdjoint call) {
    push(call);
  }

  void push(NodeAdjoint call) {
    (call.weight() == Weight.CHEAP ? cheap : expensive).push(call);
  }

  @Nullable NodeAdjoint pop() {
    NodeAdjoint next = cheap.poll();
    return next == null ? expensive.poll() : next;
  }

  /** Gives away expensive ones, which other threads can take. None stays here. */
  void handOutExpensive(Consumer<NodeAdjoint> handOut) {
    for (NodeAdjoint call = expensive.poll(); call != null; call = expensive.poll()) {
      handOut.accept(call);
    }
  }

  /** Lets go of what will not be visited any more. */
  void leave() {
    for (NodeAdjoint call = pop(); call != null; call = pop()) {
      call.leave();
    }
  }

  /** Counts a node that is done. */
  void countVisit() {
    visited++;
  }

  /** The number of nodes that were done since this was last asked. */
  int takeVisits() {
    int count = visited;
    visited = 0;
    return count;
  }
}
