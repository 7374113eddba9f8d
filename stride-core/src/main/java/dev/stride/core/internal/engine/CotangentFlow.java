package dev.stride.core.internal.engine;

import dev.stride.api.Gradients;
import dev.stride.api.RunCancelledException;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.LeafNode;
import dev.stride.core.internal.graph.RunPlan.Root;
import dev.stride.core.internal.graph.Spaces;
import dev.stride.core.internal.graph.Visit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries cotangents along the edges of a graph: checks what an adjoint returned, adds it into the
 * nodes that it feeds, and makes those ready for which that was the last.
 */
final class CotangentFlow {

  private final RunContext run;
  private final Spaces spaces;
  private final @Nullable Anomalies anomalies;

  CotangentFlow(RunContext run) {
    this.run = run;
    this.spaces = run.engine().spaces();
    Anomalies wanted = run.engine().anomalies();
    this.anomalies = wanted.isWanted(run.options().detectAnomalies()) ? wanted : null;
  }

  /** Adds a seed at every root that is wanted. */
  void seed(List<Object> seeds, Ready ready) {
    List<Root> roots = run.plan().roots();
    for (int i = 0; i < seeds.size(); i++) {
      Visit visit = run.plan().visit(roots.get(i).node());
      if (visit.isWanted()) {
        int rank = run.plan().rankOfRoot(i);
        spaces.hold(seeds.get(i));
        run.meter().cotangents(add(visit, roots.get(i).output(), rank, seeds.get(i)));
        arrive(visit, ready);
      }
    }
  }

  /** Adds what an adjoint returned into the nodes that it feeds, and releases the node. */
  void pass(NodeAdjoint call, @Nullable Gradients gradients, Ready ready) {
    pass(
        call,
        GradientCheck.places(call, gradients),
        GradientCheck.preconditioners(call, gradients),
        ready);
  }

  /** The same with what was checked before: gradients and preconditioners by place. */
  void pass(
      NodeAdjoint call,
      @Nullable Object[] perPlace,
      @Nullable Object @Nullable [] weights,
      Ready ready) {
    if (anomalies != null) {
      anomalies.checkAdjoint(call, perPlace);
    }
    call.end(null);
    count(call, ready);
    hold(call, perPlace, weights);
    long bytes = -call.cotangentBytes();
    for (int place = 0; place < perPlace.length; place++) {
      Object gradient = perPlace[place];
      if (gradient != null) {
        bytes += feed(call, place, gradient, weights == null ? null : weights[place], ready);
      }
    }
    call.leave();
    run.meter().cotangents(bytes);
  }

  /** Holds all before any is fed: a node that gets one may let go of it while others wait. */
  private void hold(
      NodeAdjoint call, @Nullable Object[] perPlace, @Nullable Object @Nullable [] weights) {
    if (!spaces.haveCustody()) {
      return;
    }
    for (int place = 0; place < perPlace.length; place++) {
      Visit target = call.visit().target(place);
      if (perPlace[place] != null && target != null) {
        hold(call, perPlace[place]);
        if (weights != null && target.node() instanceof LeafNode) {
          hold(call, weights[place]);
        }
      }
    }
  }

  private void hold(NodeAdjoint call, @Nullable Object gradient) {
    spaces.hold(gradient);
    spaces.show(gradient, call.plan().worker());
  }

  /** Shows an expensive one in the statistics at once; cheap ones when this thread has no more. */
  private void count(NodeAdjoint call, Ready ready) {
    if (call.isCheap()) {
      ready.countVisit();
    } else {
      run.meter().visits(1);
    }
  }

  /** Adds one gradient; by how many bytes what is held for nodes to come grows. */
  private long feed(
      NodeAdjoint call, int place, Object gradient, @Nullable Object preconditioner, Ready ready) {
    Visit target = call.visit().target(place);
    if (target == null) {
      return 0;
    }
    int rank = call.visit().rankOf(place);
    long bytes = add(target, call.node().slot(place), rank, gradient);
    if (preconditioner != null && target.node() instanceof LeafNode) {
      target.addPreconditioner(rank, preconditioner, spaces);
    }
    arrive(target, ready);
    return bytes;
  }

  private long add(Visit target, int output, int rank, Object cotangent) {
    int change = target.add(output, rank, cotangent, spaces);
    return change == 0 ? 0 : change * target.node().spec(output).bytes();
  }

  private void arrive(Visit target, Ready ready) {
    if (!target.arrive()) {
      return;
    }
    if (target.node() instanceof CallNode node && target.passesOn()) {
      makeReady(new NodeAdjoint(run, target, node), ready);
    } else {
      see(target);
      ready.countVisit();
    }
  }

  /** Shows what arrived at a node that is asked for and passes nothing on; waits at a leaf. */
  private void see(Visit visit) {
    switch (visit.node()) {
      case CallNode node -> {
        for (int output = 0; output < node.outputs(); output++) {
          Object cotangent = visit.take(output, spaces);
          run.tap().see(node, output, cotangent, spaces);
          spaces.letGo(cotangent);
        }
      }
      case LeafNode leaf -> {
        await(leaf, visit.settle(spaces));
        await(leaf, visit.settlePreconditioner(spaces));
      }
    }
  }

  /** Keeps the run active until a device has computed what arrived. */
  private void await(LeafNode leaf, @Nullable Object sum) {
    CompletionStage<?> arrival = spaces.arrival(sum);
    if (arrival != null) {
      run.life().lateValues().await(leaf.cell().name(), arrival);
    }
  }

  private void makeReady(NodeAdjoint call, Ready ready) {
    try {
      call.weigh();
      ready.push(call);
    } catch (Throwable failure) {
      fail(call, failure);
    }
  }

  /** Stops the run because an operator failed; after a cancellation that is only its echo. */
  void fail(NodeAdjoint call, Throwable failure) {
    Throwable bare = Failures.unwrap(failure);
    if (call.end(bare)) {
      run.meter().visits(1);
      run.meter().cotangents(-call.cotangentBytes());
    }
    call.leave();
    if (!(run.life().isCancelled() && bare instanceof RunCancelledException)) {
      List<GraphNode> path = run.plan().pathToRoot(call.node());
      run.life().stop(run.engine().failures().adjoint(call, path, bare));
    }
  }
}
