package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Operator;
import dev.stride.api.OperatorException;
import dev.stride.api.StrideException;
import dev.stride.api.Variable;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import dev.stride.core.internal.engine.GradientsRun.Wanted;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.LeafNode;
import dev.stride.core.internal.graph.RunPlan;
import dev.stride.core.internal.graph.RunPlan.Root;
import dev.stride.core.internal.graph.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gradients as variables: the walk of {@link GraphDriver} with operators called on variables
 * instead of adjoints on values. Nothing is computed here, only composed, so it returns at once.
 */
final class RecordedGradients {

  private final EngineCore engine;
  private final EngineView view;
  private final Map<GraphNode, List<List<Variable<?>>>> arrived = new IdentityHashMap<>();
  private final Map<GradientCell, List<Variable<?>>> leaves = new HashMap<>();

  RecordedGradients(EngineCore engine, EngineView view) {
    this.engine = engine;
    this.view = view;
  }

  <T> List<Variable<T>> of(Variable<?> root, List<Variable<T>> wrt) {
    engine.checkOpen();
    Captured<?> from = engine.own(root).capture();
    GraphNode node = from.node();
    if (node != null) {
      arrive(node, from.output(), call(new Constants.Like(engine.spaces(), true), root));
      RunPlan plan = new RunPlan(List.of(new Root(node, from.output())));
      plan.restrictTo(Wanted.of(engine, wrt)::isAskedFor);
      plan.order().forEach(this::visit);
    }
    List<Variable<T>> gradients = new ArrayList<>(wrt.size());
    wrt.forEach(variable -> gradients.add(gradient(variable)));
    return gradients;
  }

  private void visit(Visit visit) {
    switch (visit.node()) {
      case LeafNode leaf -> {
        List<Variable<?>> terms = at(leaf, 0);
        leaves.computeIfAbsent(leaf.cell(), cell -> new ArrayList<>()).addAll(terms);
      }
      case CallNode call -> {
        if (visit.passesOn()) {
          pass(call);
        }
      }
    }
  }

  /** Composes the gradients of a node's inputs and hands them to the nodes that it feeds. */
  private void pass(CallNode node) {
    RecordedCall call = recorded(node);
    @Nullable Object[] places = new @Nullable Object[node.places()];
    try {
      List<@Nullable Object> composed = differentiable(node).adjointOnVariables(call);
      Placement.put(node.plan(), node.layout(), composed, places);
      checkAll(node, places);
    } catch (StrideException known) {
      throw known;
    } catch (Throwable failure) {
      throw failed(node, failure);
    }
    for (int place = 0; place < places.length; place++) {
      GraphNode next = node.next(place);
      if (next != null && places[place] instanceof Variable<?> gradient) {
        arrive(next, node.slot(place), gradient);
      }
    }
  }

  private RecordedCall recorded(CallNode node) {
    return new RecordedCall(engine, view, node, output -> cotangent(node, output));
  }

  private DifferentiableOperator<?> differentiable(CallNode node) {
    DifferentiableOperator<?> operator = node.plan().differentiable();
    if (operator == null) {
      throw new StrideException(
          "NotDifferentiable",
          node.plan().name()
              + ": its gradients cannot be differentiated again, since its adjoint is not written"
              + " on variables. Implement DifferentiableOperator, or use gradients(...).");
    }
    String released = engine.claims().released(node);
    if (released != null) {
      throw new IllegalStateException(node.plan().name() + ": " + released);
    }
    return operator;
  }

  private static void checkAll(CallNode node, @Nullable Object[] places) {
    for (int place = 0; place < places.length; place++) {
      boolean wanted = node.next(place) != null;
      if (wanted && !(places[place] instanceof Variable<?>)) {
        String path = node.layout().path(place);
        throw new ContractException(
            path,
            "adjointOnVariables returned no variable for `"
                + path
                + "`, which needs a gradient. Return one wherever needsGrad is true.");
      }
    }
  }

  private OperatorException failed(CallNode node, Throwable failure) {
    return engine.failures().recorded(node, failure);
  }

  private void arrive(GraphNode node, int output, Variable<?> cotangent) {
    at(node, output).add(cotangent);
  }

  private List<Variable<?>> at(GraphNode node, int output) {
    List<List<Variable<?>>> outputs = arrived.computeIfAbsent(node, n -> new ArrayList<>());
    while (outputs.size() <= output) {
      outputs.add(new ArrayList<>());
    }
    return outputs.get(output);
  }

  private Variable<?> cotangent(CallNode node, int output) {
    List<Variable<?>> terms = at(node, output);
    return terms.isEmpty() ? recorded(node).zerosLikeOutput(output) : sum(terms);
  }

  @SuppressWarnings("unchecked") // A gradient has its variable's type; the operators check it.
  private <T> Variable<T> gradient(Variable<T> variable) {
    Captured<T> captured = engine.own(variable).capture();
    List<Variable<?>> terms =
        switch (captured.node()) {
          case null -> List.of();
          case LeafNode leaf -> leaves.getOrDefault(leaf.cell(), List.of());
          case CallNode call -> at(call, captured.output());
        };
    return (Variable<T>)
        (terms.isEmpty() ? call(new Constants.Like(engine.spaces(), false), variable) : sum(terms));
  }

  private Variable<?> sum(List<Variable<?>> terms) {
    return terms.size() == 1
        ? terms.getFirst()
        : call(new Constants.Sum(engine.spaces()), List.copyOf(terms));
  }

  private Variable<?> call(Operator<?> operator, Object argument) {
    return view.call(operator, Arguments.of(argument)).get(0);
  }
}
