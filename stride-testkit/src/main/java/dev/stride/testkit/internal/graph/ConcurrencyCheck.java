package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointOptions;
import dev.stride.core.Stride;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.check.Bits;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Finding;
import dev.stride.testkit.internal.check.Resampling;
import dev.stride.testkit.internal.check.Setting;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;

/**
 * Threads that start together call one instance at points of their own, forward and adjoint, round
 * after round; each gets bitwise what it gets alone.
 */
public final class ConcurrencyCheck implements Check {

  private static final int THREADS = 4;
  private static final int ROUNDS = 4;

  @Override
  public Rule rule() {
    return Rule.CONCURRENCY;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public boolean usesEngine() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    if (subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0) {
      return Finding.skipped("there is nothing to differentiate");
    }
    List<Task> tasks = tasks(subject, setting.random(rule()));
    ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
    try (Stride engine = Engines.bare(subject)) {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Thread> threads = new ArrayList<>();
      for (Task task : tasks) {
        threads.add(Thread.ofPlatform().start(() -> task.run(engine, subject, start, problems)));
      }
      threads.forEach(ConcurrencyCheck::join);
    }
    String problem = problems.peek();
    return problem == null
        ? Finding.pass().figure("threads", THREADS).figure("rounds", ROUNDS)
        : Finding.fail("called by " + THREADS + " threads at once: " + problem);
  }

  private static List<Task> tasks(Subject subject, SplittableRandom random) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Vec point = i == 0 ? subject.point() : Resampling.near(subject, random);
      Vec cotangent = subject.outputs().gaussian(random);
      tasks.add(
          new Task(point, cotangent, subject.value(point), subject.gradient(point, cotangent)));
    }
    return tasks;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calls were running", e);
    }
  }

  /** What one thread does, and what it must get. */
  private record Task(Vec point, Vec cotangent, Vec value, Vec gradient) {

    void run(
        Stride engine,
        Subject subject,
        CyclicBarrier start,
        ConcurrentLinkedQueue<String> problems) {
      try {
        start.await();
        for (int round = 0; round < ROUNDS && problems.isEmpty(); round++) {
          String problem = round(engine, subject);
          if (!problem.isEmpty()) {
            problems.add(problem);
          }
        }
      } catch (Exception | StackOverflowError e) {
        problems.add(String.valueOf(e));
      }
    }

    private String round(Stride engine, Subject subject) {
      GraphCall call = GraphCall.at(engine, subject.runner().operator(), subject, point);
      subject
          .runner()
          .patience()
          .await(
              engine.adjoint(call.seeded(subject.outputs(), cotangent), AdjointOptions.defaults()));
      String output = Bits.difference(subject.outputs(), value, call.value(subject.outputs()));
      return output.isEmpty()
          ? Bits.difference(subject.inputs(), gradient, call.gradient(subject.inputs()))
          : output;
    }
  }
}
