package dev.stride.core.internal.engine;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Outputs;
import dev.stride.api.Weight;
import dev.stride.core.internal.async.Arrivals;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import java.lang.StackWalker.StackFrame;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings a call on its way: waits for its inputs and runs the operator where its weight says. */
final class ForwardTask extends OngoingCall implements Runnable {

  private final Callee callee;

  ForwardTask(
      EngineCore engine,
      Callee callee,
      CallSettings settings,
      Binding binding,
      long sequence,
      @Nullable CallNode node,
      CallResults results,
      @Nullable StackFrame callSite) {
    super(engine, callee.plan(), settings, binding, sequence, node, results, callSite);
    this.callee = callee;
  }

  /** Starts as soon as every input is there: now, if they are. */
  void submit() {
    span.scheduled();
    Arrivals arrivals = null;
    for (Object value : values) {
      if (value instanceof Pending<?> input && !input.isDone()) {
        if (arrivals == null) {
          CallRecord.noteUnfinished(this, node);
          arrivals = new Arrivals(this);
        }
        arrivals.await(input);
      }
    }
    if (arrivals == null) {
      run();
    } else {
      arrivals.run();
    }
  }

  /** Every input is there, or has failed. */
  @Override
  public void run() {
    try {
      Throwable upstream = takeInputs();
      if (upstream != null) {
        end(upstream);
        return;
      }
      Choice choice = engine.dispatch().choose(callee, settings, layout, values);
      if (choice == null) {
        start();
        return;
      }
      runs(choice.plan());
      if (engine.dispatch().mustMove(choice, values)) {
        Flight current = takeOff();
        engine.pool().executeBlocking(plan().name(), () -> moveInputs(choice, current));
      } else {
        start();
      }
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  /** Brings the inputs to the device, on a thread that may wait for another one. */
  private void moveInputs(Choice choice, Flight current) {
    try {
      if (!current.hasEnded()) {
        engine.dispatch().moveInputs(choice, layout, values, node);
        start();
      }
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  private void start() {
    ArgumentTypes.numbersToTensors(layout, values);
    run(plan().worker().weight(this));
  }

  /** Replaces every variable by its value; the failure of the first that has none. */
  private @Nullable Throwable takeInputs() {
    for (int place = 0; place < values.length; place++) {
      if (values[place] instanceof Pending<?> input) {
        Object value = input.now();
        if (value == null) {
          return input.failure();
        }
        ArgumentTypes.check(plan(), layout, place, value);
        values[place] = value;
      }
    }
    return null;
  }

  private void run(Weight weight) {
    switch (weight) {
      case CHEAP -> startHere();
      case COMPUTE -> engine.pool().execute(takeOff());
      case BLOCKING -> engine.pool().executeBlocking(plan().name(), takeOff());
    }
  }

  private void startHere() {
    Flight flight = flight();
    if (flight == null) {
      forward();
    } else {
      flight.run();
    }
  }

  @Override
  public void forward() {
    try {
      span.started();
      BlockingOperator<?> plain = plan().plainCode();
      if (plain != null) {
        Outputs result = plain.forward(this);
        if (flight() != null) {
          Thread.interrupted(); // An interruption that an operator leaves is not the next one's.
        }
        succeed(result);
      } else {
        follow(plan().worker().forward(this, engine.pool()));
      }
    } catch (Throwable failure) {
      end(wrap(failure));
    }
  }

  private void follow(@Nullable CompletionStage<Outputs> stage) {
    if (stage == null) {
      throw new ContractException(null, "forward returned null. Return a stage of Outputs.");
    }
    Outputs now = Stages.now(stage);
    if (now != null) {
      succeed(now);
      return;
    }
    takeOff().started();
    Once once = new Once();
    stage.whenComplete((result, failure) -> once.run(() -> ended(result, failure)));
  }

  private void ended(@Nullable Outputs result, @Nullable Throwable failure) {
    if (failure == null) {
      succeed(result);
    } else {
      end(wrap(failure));
    }
  }
}
