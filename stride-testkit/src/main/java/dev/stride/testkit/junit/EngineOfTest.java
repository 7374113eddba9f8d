package dev.stride.testkit.junit;

import dev.stride.core.Stride;
import dev.stride.core.StrideBuilder;
import dev.stride.testkit.fakes.ManualClock;
import dev.stride.testkit.fakes.ManualExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The engine of one test and what belongs to it. */
final class EngineOfTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Watch watch = new Watch();
  private final @Nullable ExecutorService executor;
  private final Stride stride;

  EngineOfTest(@Nullable ExecutorService executor, @Nullable ManualClock clock) {
    this.executor = executor;
    StrideBuilder builder = Stride.builder().listener(watch).closeTimeout(PATIENCE);
    if (executor != null) {
      builder.executor(executor);
    }
    if (clock != null) {
      builder.timer(clock);
    }
    this.stride = builder.build();
  }

  Stride stride() {
    return stride;
  }

  /**
   * Closes the engine and its executor.
   *
   * @throws AssertionError if the test left something behind
   */
  void close() throws InterruptedException {
    List<String> left = new ArrayList<>();
    if (executor instanceof ManualExecutor manual && manual.pending() > 0) {
      left.add(manual.pending() + " tasks that the test never ran");
      manual.runAll();
    }
    List<String> unfinished = watch.unfinishedAfter(PATIENCE);
    if (!unfinished.isEmpty()) {
      left.add("unfinished: " + String.join(", ", unfinished));
    }
    List<String> open = unfinished.isEmpty() ? openAfter(PATIENCE) : List.of();
    if (!open.isEmpty()) {
      left.add(
          "saved state of " + String.join(", ", open) + ", whose graph something still refers to");
    }
    stride.close();
    if (executor != null) {
      executor.shutdownNow();
    }
    List<String> alive = watch.aliveAfter(PATIENCE);
    if (!alive.isEmpty()) {
      left.add("threads alive after the engine closed: " + String.join(", ", alive));
    }
    if (!left.isEmpty()) {
      throw new AssertionError(
          "the test left something behind: "
              + String.join("; ", left)
              + ". Wait for every value and run that it starts, with get() or join(), and keep no"
              + " variable of a graph whose adjoint was not run in a field that outlives the"
              + " test.");
    }
  }

  /**
   * Operators whose saved state nobody will release: neither did a run, nor does the collection of
   * garbage, since the graph can still be reached.
   */
  private List<String> openAfter(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> open = stride.openSavedState();
    while (!open.isEmpty() && System.nanoTime() < end) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
      open = stride.openSavedState();
    }
    return open;
  }
}
