package dev.stride.core.internal.engine;

import dev.stride.api.OperatorException;
import dev.stride.api.OperatorException.Failure;
import dev.stride.api.Phase;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.LeafNode;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what failed, where, with what. */
final class OperatorFailures {

  private static final int SHOWN_OF_PATH = 8;

  private final EngineCore engine;

  OperatorFailures(EngineCore engine) {
    this.engine = engine;
  }

  /** A failure of a forward; one that the engine found itself keeps its own text. */
  OperatorException forward(OngoingCall task, Throwable cause) {
    OperatorPlan plan = task.plan();
    return make(
        plan, Phase.FORWARD, cause, inputs(task), plan.name(), CallSites.text(task.callSite()));
  }

  /** A failure of an adjoint. */
  OperatorException adjoint(NodeAdjoint call, List<GraphNode> path, Throwable cause) {
    var notes = call.node().notes();
    String site = CallSites.text(notes == null ? null : notes.callSite());
    return make(call.plan(), Phase.ADJOINT, cause, inputs(call), text(path), site);
  }

  /** A failure to compose gradients on variables. */
  OperatorException recorded(CallNode node, Throwable cause) {
    var notes = node.notes();
    String site = CallSites.text(notes == null ? null : notes.callSite());
    String name = node.plan().name();
    return make(node.plan(), Phase.ADJOINT, cause, node.layout().toString(), name, site);
  }

  private static OperatorException make(
      OperatorPlan plan, Phase phase, Throwable cause, String inputs, String path, String site) {
    boolean found = cause instanceof ContractException;
    String port = cause instanceof ContractException contract ? contract.port() : null;
    String problem = found ? String.valueOf(cause.getMessage()) : describe(cause);
    Failure failure =
        new Failure(plan.name(), plan.pack(), phase, port, problem, inputs, path, site);
    return new OperatorException(failure, found ? cause.getCause() : cause);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : cause.getClass().getSimpleName() + ": " + message;
  }

  /** Shapes of the inputs by path. */
  private String inputs(PlacedCall call) {
    Layout layout = call.layout;
    StringBuilder text = new StringBuilder();
    for (int place = 0; place < layout.size(); place++) {
      text.append(place == 0 ? "" : ", ").append(layout.path(place)).append(": ");
      text.append(shape(call, place));
    }
    return text.toString();
  }

  private String shape(PlacedCall call, int place) {
    Object value = call.valueAt(place);
    if (value != null) {
      return engine.values().shape(value);
    }
    GraphNode next = call instanceof NodeAdjoint adjoint ? adjoint.node().next(place) : null;
    return next == null ? "not kept" : specOf(next, ((NodeAdjoint) call).node().slot(place));
  }

  private static String specOf(GraphNode node, int output) {
    return switch (node) {
      case CallNode call -> String.valueOf(call.knownSpec(output));
      case LeafNode leaf -> String.valueOf(leaf.knownSpec());
    };
  }

  private static String text(List<GraphNode> path) {
    String shown =
        path.stream()
            .limit(SHOWN_OF_PATH)
            .map(OperatorFailures::name)
            .collect(Collectors.joining(" <- "));
    int hidden = path.size() - SHOWN_OF_PATH - 1;
    if (hidden >= 0) {
      shown += hidden > 0 ? " <- ... " + hidden + " more ..." : "";
      shown += " <- " + name(path.getLast());
    }
    return shown;
  }

  private static String name(GraphNode node) {
    return switch (node) {
      case CallNode call -> call.plan().name() + "#" + call.sequence();
      case LeafNode leaf -> "'" + leaf.cell().name() + "'";
    };
  }

  /** A broken contract that the engine found; becomes an {@link OperatorException}. */
  static final class ContractException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String port;

    ContractException(@Nullable String port, String problem) {
      this(port, problem, null);
    }

    ContractException(@Nullable String port, String problem, @Nullable Throwable cause) {
      super(problem, cause);
      this.port = port;
    }

    @Nullable String port() {
      return port;
    }
  }
}
