package dev.stride.benchmarks.engine;

import dev.stride.api.spi.EngineListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A listener that counts what started and what failed. */
final class Counting implements EngineListener {

  private final LongAdder started = new LongAdder();
  private final LongAdder failed = new LongAdder();

  @Override
  public void started(Event event) {
    started.increment();
  }

  @Override
  public void finished(Event event, Duration elapsed, @Nullable Throwable failure) {
    if (failure != null) {
      failed.increment();
    }
  }

  long count() {
    return started.sum() - failed.sum();
  }
}
