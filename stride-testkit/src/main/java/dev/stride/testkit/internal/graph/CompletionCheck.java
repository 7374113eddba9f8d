package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Outputs;
import dev.stride.core.Stride;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.call.CallContext;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.call.NeverCompleted;
import dev.stride.testkit.internal.check.Bits;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Finding;
import dev.stride.testkit.internal.check.Setting;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/**
 * Calls complete: on an executor that runs nothing yet, the caller gets the stage at once; on one
 * that refuses work, when cancelled, and on a thread that is interrupted they end; on an engine of
 * one thread they give what they give elsewhere.
 */
public final class CompletionCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.COMPLETION;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public boolean runsAfterTimeout() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    String exhausted = subject.runner().patience().exhausted();
    if (!exhausted.isEmpty()) {
      return Finding.fail(exhausted);
    }
    Vec point = subject.point();
    Vec value = subject.value(point);
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    String late = lateExecutor(subject, point, value);
    if (!late.isEmpty()) {
      return Finding.fail(late);
    }
    ends(subject.quietly(subject.context().with(CompletionCheck::refuse)), point);
    ends(subject.quietly(subject.context().with(() -> true)), point);
    interrupted(subject, point);
    String alone = setting.declared().isPlaced() ? "" : onOneThread(subject, point, cotangent);
    return alone.isEmpty() ? Finding.pass() : Finding.fail("on an engine of one thread: " + alone);
  }

  private static void refuse(Runnable task) {
    throw new RejectedExecutionException("refused by the testkit");
  }

  /** Starts forward on an executor whose tasks wait until the stage was returned. */
  private static String lateExecutor(Subject subject, Vec point, Vec value) {
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    CallContext context = subject.context().with((Runnable task) -> tasks.add(task));
    BoundArguments arguments = subject.argumentsAt(point);
    CompletableFuture<CompletionStage<Outputs>> returned = new CompletableFuture<>();
    onOwnThread(() -> returned.complete(subject.runner().start(arguments, context)), returned);
    CompletionStage<Outputs> stage;
    try {
      stage =
          subject
              .runner()
              .patience()
              .await("forward, which waits for its executor on the caller's thread,", returned);
    } finally {
      drain(tasks);
    }
    stage.whenComplete((outputs, failure) -> tasks.add(() -> {}));
    Outputs outputs =
        subject
            .runner()
            .patience()
            .await("forward on an executor that runs tasks late", drained(tasks, stage));
    try (Forwarded forwarded = subject.runner().read(arguments, outputs)) {
      return Bits.difference(subject.outputs(), value, subject.value(forwarded));
    }
  }

  private static void drain(BlockingQueue<Runnable> tasks) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** The stage, with a thread that runs the tasks until it is complete. */
  private static <T> CompletionStage<T> drained(
      BlockingQueue<Runnable> tasks, CompletionStage<T> stage) {
    CompletableFuture<T> done = stage.toCompletableFuture();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (!done.isDone()) {
              tasks.take().run();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return stage;
  }

  private static void onOwnThread(Runnable code, CompletableFuture<?> failed) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            code.run();
          } catch (RuntimeException | Error e) {
            failed.completeExceptionally(e);
          }
        });
  }

  /** Runs forward, which may fail but must end. */
  private static void ends(Subject subject, Vec point) {
    try {
      subject.forward(point).close();
    } catch (NeverCompleted e) {
      throw e;
    } catch (ContractViolation failed) {
      // Ending with a failure is an end.
    }
  }

  private static void interrupted(Subject subject, Vec point) {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    onOwnThread(
        () -> {
          Thread.currentThread().interrupt();
          ends(subject, point);
          ended.complete(true);
        },
        ended);
    subject.runner().patience().await("forward on an interrupted thread", ended);
  }

  private static String onOneThread(Subject subject, Vec point, Vec cotangent) {
    if (subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0) {
      return "";
    }
    try (Stride engine = Engines.single(subject)) {
      GraphCall call = GraphCall.at(engine, subject.runner().operator(), subject, point);
      subject
          .runner()
          .patience()
          .await(
              engine.adjoint(call.seeded(subject.outputs(), cotangent), AdjointOptions.defaults()));
      return Bits.difference(
          subject.inputs(), subject.gradient(point, cotangent), call.gradient(subject.inputs()));
    }
  }
}
