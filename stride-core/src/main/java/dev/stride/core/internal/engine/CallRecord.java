package dev.stride.core.internal.engine;

import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Notes;
import dev.stride.core.internal.graph.Notes.Unfinished;
import org.jspecify.annotations.Nullable;

/** What a call leaves in its node: before its forward has ended, and as it ends. */
final class CallRecord {

  private CallRecord() {}

  /** Notes the call for gradients that are recorded before its forward has ended. */
  static void noteUnfinished(OngoingCall call, @Nullable CallNode node) {
    if (node != null && call.plan().differentiable() != null) {
      node.noted().unfinished(new Unfinished(call.values.clone(), call.results().values()));
    }
  }

  /** Keeps what the adjoint needs. */
  static void keep(OngoingCall call, CallNode node, Object[] outputs, @Nullable Object saved) {
    EngineCore engine = call.engine;
    Object specs = engine.values().outputSpecs(call.results().layout(), outputs);
    node.keep(call.plan(), call.values, outputs, specs, engine.spaces());
    if (saved != null) {
      node.saved(engine.savedStates().track(node, saved));
    }
    Notes notes = node.notes();
    if (notes != null) {
      notes.unfinished(null);
    }
  }
}
