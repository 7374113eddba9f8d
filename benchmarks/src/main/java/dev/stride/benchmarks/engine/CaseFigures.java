package dev.stride.benchmarks.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Measures one case, a turn at a time. Everything is per operator, in nanoseconds or bytes. */
final class CaseFigures {

  private final EngineCase subject;
  private final Samples forward = new Samples();
  private final Samples adjoint = new Samples();
  private final Samples release = new Samples();
  private final Samples allocated = new Samples();
  private final Samples live = new Samples();
  private final Samples tape = new Samples();
  private final Samples loop = new Samples();
  private final Samples toTape = new Samples();
  private final Samples toLoop = new Samples();

  CaseFigures(EngineCase subject) {
    this.subject = subject;
  }

  /** Computes everything a few times, and checks that the ways agree. */
  void warmUp(int times) {
    for (int i = 0; i < times; i++) {
      subject.requireSame();
      subject.engine().forward();
      subject.engine().release();
    }
  }

  /** Times the engine and its yardsticks, one after the other. */
  void turn() {
    Heap.collect();
    double engine = engine();
    double onTape = perOperator(() -> whole(subject.tape()));
    double inLoop = perOperator(() -> whole(subject.loop()));
    tape.add(onTape);
    loop.add(inLoop);
    toTape.add(engine / onTape);
    toLoop.add(engine / inLoop);
    subject.engine().forward();
    release.add(perOperator(subject.engine()::release));
    subject.engine().forget();
  }

  /** Weighs the recorded graph. */
  void weigh() {
    long before = Heap.liveBytes();
    subject.engine().forward();
    live.add(perOperator(Heap.liveBytes() - before));
    subject.engine().adjoint();
    subject.engine().forget();
  }

  private double engine() {
    long before = Heap.allocatedBytes();
    double there = perOperator(subject.engine()::forward);
    double back = perOperator(subject.engine()::adjoint);
    allocated.add(perOperator(Heap.allocatedBytes() - before));
    forward.add(there);
    adjoint.add(back);
    return there + back;
  }

  private static void whole(Workload workload) {
    workload.forward();
    workload.adjoint();
  }

  private double perOperator(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return perOperator(System.nanoTime() - start);
  }

  private double perOperator(long total) {
    return (double) total / subject.operators();
  }

  String key() {
    return subject.key();
  }

  double forward() {
    return forward.median();
  }

  double adjoint() {
    return adjoint.median();
  }

  double live() {
    return live.median();
  }

  /** Forward and adjoint. */
  double both() {
    return forward() + adjoint();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("forward_ns", rounded(forward.median()));
    map.put("adjoint_ns", rounded(adjoint.median()));
    map.put("release_ns", rounded(release.median()));
    map.put("bytes_per_operator", rounded(allocated.median()));
    map.put("live_bytes_per_operator", rounded(live.median()));
    map.put("bare_tape_ns", rounded(tape.median()));
    map.put("plain_loop_ns", rounded(loop.median()));
    map.put("ratio_to_bare_tape", rounded(toTape.median()));
    map.put("ratio_to_plain_loop", rounded(toLoop.median()));
    return map;
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
