package dev.stride.core.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * Times cheap operators that run one after the other on a thread: reads the clock when the operator
 * changes, not for every node.
 */
final class Laps {

  private final Meter meter;
  private @Nullable String operator;
  private long start;

  Laps(Meter meter) {
    this.meter = meter;
  }

  void next(NodeAdjoint call) {
    String name = call.span() == Span.NONE ? call.plan().name() : null;
    if (operator != name) {
      end();
      operator = name;
      start = System.nanoTime();
    }
  }

  void end() {
    if (operator != null) {
      meter.time(operator, Math.max(1, System.nanoTime() - start));
    }
    operator = null;
  }
}
