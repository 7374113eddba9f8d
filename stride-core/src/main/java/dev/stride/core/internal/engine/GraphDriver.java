package dev.stride.core.internal.engine;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Weight;
import dev.stride.core.internal.engine.HandedOut.Task;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs the adjoints of a graph, each once, as soon as all its cotangents have arrived: cheap ones
 * on the thread that it is on, expensive ones that other threads can take on the pool.
 */
final class GraphDriver {

  private final EngineCore engine;
  private final RunContext run;
  private final RunLife life;
  private final CotangentFlow flow;

  GraphDriver(RunContext run) {
    this.engine = run.engine();
    this.run = run;
    this.life = run.life();
    this.flow = new CotangentFlow(run);
  }

  /** Starts from the seeds, one a root. Holds one unit of the run's activity until it ends. */
  void begin(List<Object> seeds) {
    Ready ready = new Ready();
    flow.seed(seeds, ready);
    drive(ready);
  }

  /** Visits what is ready, and what that makes ready, until nothing is. */
  private void drive(Ready ready) {
    Laps laps = new Laps(run.meter());
    try {
      NodeAdjoint call = ready.pop();
      while (call != null && !life.isCancelled()) {
        ready.handOutExpensive(this::handOut);
        laps.next(call);
        visit(call, ready);
        call = ready.pop();
      }
      if (call != null) {
        call.leave();
      }
      laps.end();
    } catch (Throwable failure) {
      life.stop(failure);
    } finally {
      run.meter().visits(ready.takeVisits());
      ready.leave();
      life.leave();
    }
  }

  private void visit(NodeAdjoint call, Ready ready) {
    try {
      call.begin();
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
      flow.fail(call, failure);
    }
  }

  /** Goes on here; elsewhere if gradients have to be moved first, which may wait for a device. */
  private void pass(NodeAdjoint call, @Nullable Gradients gradients, Ready ready) {
    if (call.movesBack()) {
      life.enter();
      moveBack(call, gradients);
    } else {
      flow.pass(call, gradients, ready);
    }
  }

  private void moveBack(NodeAdjoint call, @Nullable Gradients gradients) {
    engine
        .pool()
        .executeBlocking(
            call.plan().name(),
            () -> {
              try {
                life.handOut(new Moved(call, gradients));
              } catch (Throwable failure) {
                resume(call, null, failure);
              }
            });
  }

  private void handOut(NodeAdjoint call) {
    life.enter();
    life.handOut(new Handed(call));
  }

  private void wait(NodeAdjoint call, BlockingOperator<?> plain) {
    life.enter();
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
    Gradients now = Stages.now(stage);
    if (now != null) {
      pass(call, now, ready);
      return;
    }
    life.enter();
    Once once = new Once();
    stage.whenComplete((gradients, failure) -> once.run(() -> resume(call, gradients, failure)));
  }

  /** Goes on with an adjoint that ended elsewhere; its unit of activity comes along. */
  private void resume(
      NodeAdjoint call, @Nullable Gradients gradients, @Nullable Throwable failure) {
    if (failure != null) {
      flow.fail(call, failure);
      life.leave();
    } else if (call.movesBack()) {
      moveBack(call, gradients);
    } else {
      life.handOut(new Returned(call, gradients));
    }
  }

  /** An expensive adjoint that waits for a thread. */
  private final class Handed implements Task {

    private final NodeAdjoint call;

    private Handed(NodeAdjoint call) {
      this.call = call;
    }

    @Override
    public void run() {
      drive(new Ready(call));
    }

    @Override
    public void drop() {
      call.leave();
      life.leave();
    }
  }

  /** An adjoint that ended elsewhere, and waits for a thread to go on with what it returned. */
  private class Returned implements Task {

    final NodeAdjoint call;
    private final @Nullable Gradients gradients;

    private Returned(NodeAdjoint call, @Nullable Gradients gradients) {
      this.call = call;
      this.gradients = gradients;
    }

    void pass(Ready ready) {
      flow.pass(call, gradients, ready);
    }

    @Override
    public void run() {
      Ready ready = new Ready();
      try {
        pass(ready);
      } catch (Throwable failure) {
        flow.fail(call, failure);
      }
      drive(ready);
    }

    @Override
    public void drop() {
      flow.fail(call, life.cancelled(" before it could go on"));
      life.leave();
    }
  }

  /** One whose gradients are checked, and where their inputs are. */
  private final class Moved extends Returned {

    private final @Nullable Object[] places;
    private final @Nullable Object @Nullable [] preconditioners;

    /** Moves them, which may wait. */
    private Moved(NodeAdjoint call, @Nullable Gradients gradients) {
      super(call, null);
      this.places = GradientCheck.places(call, gradients);
      this.preconditioners = GradientCheck.preconditioners(call, gradients);
    }

    @Override
    void pass(Ready ready) {
      flow.pass(call, places, preconditioners, ready);
    }
  }
}
