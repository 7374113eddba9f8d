package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Run;
import dev.stride.api.Variable;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.engine.Publisher.Contribution;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GradientCell.Accumulated;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.LeafNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run that hands out the gradients of some variables and leaves every leaf as it is. */
final class GradientsRun<T> {

  private final EngineCore engine;
  private final List<? extends Seeded<?>> roots;
  private final List<Variable<T>> wrt;
  private final AdjointOptions options;
  private final Wanted wanted;

  GradientsRun(
      EngineCore engine,
      List<? extends Seeded<?>> roots,
      List<Variable<T>> wrt,
      AdjointOptions options) {
    this.engine = engine;
    this.roots = roots;
    this.wrt = wrt;
    this.options = options;
    this.wanted = Wanted.of(engine, wrt);
  }

  Run<List<T>> start() {
    AdjointRun run =
        new AdjointRun(engine, roots, options, new Tap(wanted.calls), wanted::isAskedFor);
    Run<List<T>> handle =
        engine.runs().handle(run, (ended, result) -> result.complete(collect(ended.context())));
    run.start(roots, wrt);
    return handle;
  }

  @SuppressWarnings("unchecked") // Runs check the type of every gradient.
  private List<T> collect(RunContext run) {
    List<Contribution> contributions = Contribution.of(run);
    Map<GradientCell, Accumulated> leaves = sums(contributions);
    List<T> gradients = new ArrayList<>(wrt.size());
    for (Variable<T> variable : wrt) {
      Captured<T> captured = engine.own(variable).capture();
      Object gradient = gradient(run, captured.node(), captured.output(), leaves);
      engine.spaces().handOut(gradient);
      gradients.add(gradient == null ? zero(variable) : (T) gradient);
    }
    engine.publisher().letGo(contributions);
    return gradients;
  }

  private static @Nullable Object gradient(
      RunContext run, @Nullable GraphNode node, int output, Map<GradientCell, Accumulated> leaves) {
    return switch (node) {
      case null -> null;
      case LeafNode leaf -> leaves.getOrDefault(leaf.cell(), GradientCell.NOTHING).gradient();
      case CallNode call -> run.tap().at(call, output);
    };
  }

  private Map<GradientCell, Accumulated> sums(List<Contribution> contributions) {
    Map<GradientCell, Accumulated> sums = new HashMap<>();
    for (Contribution one : contributions) {
      Accumulated before = sums.getOrDefault(one.cell(), GradientCell.NOTHING);
      sums.put(one.cell(), engine.publisher().plus(one.cell(), before, one.value()));
    }
    return sums;
  }

  private T zero(Variable<T> variable) {
    T value = variable.get();
    return engine.spaces().spec(value).zero();
  }

  /** The nodes whose gradients are asked for; a leaf's whatever value it had. */
  record Wanted(Set<GraphNode> calls, Set<GradientCell> cells) {

    static Wanted of(EngineCore engine, List<? extends Variable<?>> variables) {
      Set<GraphNode> calls = new HashSet<>();
      Set<GradientCell> cells = new HashSet<>();
      for (Variable<?> variable : variables) {
        switch (engine.own(variable).capture().node()) {
          case null -> {}
          case LeafNode leaf -> cells.add(leaf.cell());
          case CallNode call -> calls.add(call);
        }
      }
      return new Wanted(calls, cells);
    }

    boolean isAskedFor(GraphNode node) {
      return switch (node) {
        case LeafNode leaf -> cells.contains(leaf.cell());
        case CallNode call -> calls.contains(call);
      };
    }
  }
}
