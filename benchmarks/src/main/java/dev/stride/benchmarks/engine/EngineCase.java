package dev.stride.benchmarks.engine;

import java.util.List;

/**
 * The same arithmetic three times.
 *
 * @param key as the output names it
 * @param operators number of operators
 */
record EngineCase(String key, int operators, Recorded<?> engine, Workload tape, Workload loop) {

  /** Computes everything once; throws unless the three agree. */
  void requireSame() {
    List<Object> expected = results(loop);
    requireSame("the engine", results(engine), expected);
    requireSame("the tape", results(tape), expected);
  }

  private void requireSame(String what, List<Object> actual, List<Object> expected) {
    if (!actual.equals(expected)) {
      throw new IllegalStateException(
          key + ": " + what + " gives " + actual + ", but the loop gives " + expected);
    }
  }

  private static List<Object> results(Workload workload) {
    return List.of(workload.forward(), workload.adjoint());
  }
}
