package dev.stride.core.internal.engine;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Weight;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.LeafNode;
import dev.stride.core.internal.graph.RunPlan.Root;
import dev.stride.core.internal.graph.Visit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs an adjoint graph: from the seeds, in topological order, each node once.
 *
 * <p>{@link #visit} and {@link #pass} are the heart: take a node's summed cotangents, call its
 * adjoint, check what it returns, add that into the nodes it feeds. Branches go to the pool;
 * everything else stays on the thread that it is on.
 */
final class GraphRun {

  private final EngineCore engine;
  private final RunContext run;

  GraphRun(EngineCore engine, RunContext run) {
    this.engine = engine;
    this.run = run;
  }

  /** Starts from the seeds, one a root. Holds one unit of the run's activity until it ends. */
  void begin(List<Object> seeds) {
    Ready ready = new Ready();
    List<Root> roots = run.plan().roots();
    for (int i = 0; i < seeds.size(); i++) {
      Root root = roots.get(i);
      Visit visit = run.plan().visit(root.node());
      if (!visit.isWanted()) {
        continue;
      }
      long bytes = add(visit, root.output(), run.plan().rankOfRoot(i), seeds.get(i));
      run.meter().cotangents(bytes);
      arrive(visit, ready);
    }
    drive(ready);
  }

  /** Visits what is ready, and what that makes ready, until nothing is. */
  private void drive(Ready ready) {
    Laps laps = new Laps(run.meter());
    try {
      NodeAdjoint call = ready.pop();
      while (call != null && !run.isCancelled()) {
        ready.takeExpensive().forEach(this::handOut);
        laps.next(call);
        visit(call, ready);
        call = ready.pop();
      }
      laps.end();
    } catch (Throwable failure) {
      run.stop(failure);
    } finally {
      run.meter().visits(ready.takeVisits());
      run.leave();
    }
  }

  private void visit(NodeAdjoint call, Ready ready) {
    try {
      run.started(call);
      BlockingOperator<?> plain = call.plan().plainCode();
      if (plain == null) {
        follow(call, call.plan().worker().adjoint(call, engine.pool()), ready);
      } else if (call.weight() == Weight.BLOCKING) {
        wait(call, plain);
      } else {
        Gradients gradients = plain.adjoint(call);
        if (!call.isCheap()) {
          Thread.interrupted(); // An interruption that an operator leaves is not the next one's.
        }
        pass(call, gradients, ready);
      }
    } catch (Throwable failure) {
      fail(call, failure);
    }
  }

  /** Adds what an adjoint returned into the nodes that it feeds, and releases the node. */
  private void pass(NodeAdjoint call, @Nullable Gradients gradients, Ready ready) {
    @Nullable Object[] perPlace = GradientCheck.places(call, gradients);
    @Nullable Object @Nullable [] weights = GradientCheck.preconditioners(call, gradients);
    run.check(call, perPlace);
    run.ended(call, null);
    count(call, ready);
    long bytes = -call.cotangentBytes();
    for (int place = 0; place < perPlace.length; place++) {
      Object gradient = perPlace[place];
      if (gradient != null) {
        bytes += feed(call, place, gradient, weights == null ? null : weights[place], ready);
      }
    }
    run.meter().cotangents(bytes);
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
    if (target.node() instanceof LeafNode) {
      target.addPreconditioner(rank, preconditioner, engine.spaces());
    }
    arrive(target, ready);
    return bytes;
  }

  private long add(Visit target, int output, int rank, Object cotangent) {
    int change = target.add(output, rank, cotangent, engine.spaces());
    return change * target.node().spec(output).bytes();
  }

  private void arrive(Visit target, Ready ready) {
    if (target.arrive()) {
      switch (target.node()) {
        case LeafNode leaf -> ready.countVisit();
        case CallNode node -> {
          if (target.passesOn()) {
            makeReady(new NodeAdjoint(run, target, node), ready);
          } else {
            run.seen(target, node);
            ready.countVisit();
          }
        }
      }
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

  private void handOut(NodeAdjoint call) {
    run.enter();
    execute(() -> drive(new Ready(call)));
  }

  private void wait(NodeAdjoint call, BlockingOperator<?> plain) {
    run.enter();
    engine
        .pool()
        .executeBlocking(
            call.plan().name(),
            () -> {
              try {
                resume(call, plain.adjoint(call), null);
              } catch (Throwable failure) {
                resume(call, null, failure);
              }
            });
  }

  private void follow(NodeAdjoint call, @Nullable CompletionStage<Gradients> stage, Ready ready) {
    if (stage == null) {
      throw new ContractException(null, "adjoint returned null. Return a stage of Gradients.");
    }
    // The minimal stage of a future is a subclass that refuses to tell its state.
    if (stage.getClass() == CompletableFuture.class
        && stage instanceof CompletableFuture<Gradients> future
        && future.state() == CompletableFuture.State.SUCCESS) {
      pass(call, future.resultNow(), ready);
      return;
    }
    run.enter();
    Once once = new Once();
    stage.whenComplete((gradients, failure) -> once.run(() -> resume(call, gradients, failure)));
  }

  /** Goes on with an adjoint that ended elsewhere; its unit of activity comes along. */
  private void resume(
      NodeAdjoint call, @Nullable Gradients gradients, @Nullable Throwable failure) {
    if (failure != null) {
      fail(call, failure);
      run.leave();
      return;
    }
    execute(() -> {
      Ready ready = new Ready();
      passOrFail(call, gradients, ready);
      drive(ready);
    });
  }

  private void passOrFail(NodeAdjoint call, @Nullable Gradients gradients, Ready ready) {
    try {
      pass(call, gradients, ready);
    } catch (Throwable broken) {
      fail(call, broken);
    }
  }

  private void fail(NodeAdjoint call, Throwable failure) {
    Throwable bare = Failures.unwrap(failure);
    if (run.ended(call, bare)) {
      run.meter().visits(1);
      run.meter().cotangents(-call.cotangentBytes());
    }
    run.fail(call, bare);
  }

  private void execute(Runnable task) {
    try {
      engine.pool().execute(task);
    } catch (Throwable refused) {
      run.stop(refused);
      run.leave();
    }
  }
}
