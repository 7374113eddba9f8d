package dev.stride.benchmarks.engine;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * What an operator's two flight events cost by themselves, one for its forward and one for its
 * adjoint, with the fields of the engine's: no engine that records both can take less.
 */
final class BareEvents {

  static final String NAME = "dev.stride.benchmarks.Operator";

  private static final int OPERATORS = 100_000;

  private final Samples perOperator = new Samples();

  void warmUp(int times) {
    for (int i = 0; i < times; i++) {
      nanoseconds();
    }
  }

  /** Times them, while a recording runs that wants them. */
  void turn() {
    perOperator.add((double) nanoseconds() / OPERATORS);
  }

  double nanosecondsPerOperator() {
    return perOperator.median();
  }

  private static long nanoseconds() {
    long start = System.nanoTime();
    for (int call = 0; call < OPERATORS; call++) {
      commit("FORWARD", call, 0);
    }
    for (int call = 0; call < OPERATORS; call++) {
      commit("ADJOINT", call, 1);
    }
    return System.nanoTime() - start;
  }

  private static void commit(String phase, long call, long run) {
    BareEvent event = new BareEvent();
    event.begin();
    event.end();
    if (!event.shouldCommit()) {
      throw new IllegalStateException("no recording wants " + NAME);
    }
    event.operator = "benchmark.scale-number";
    event.phase = phase;
    event.call = call;
    event.run = run;
    event.commit();
  }

  @Name(NAME)
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // A recording reads them.
  private static final class BareEvent extends Event {
    String operator = "";
    String phase = "";
    long call;
    long run;
    boolean failed;
  }
}
