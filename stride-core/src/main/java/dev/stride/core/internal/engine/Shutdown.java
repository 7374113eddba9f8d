package dev.stride.core.internal.engine;

import dev.stride.api.RunCancelledException;
import dev.stride.core.internal.engine.InFlight.Work;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes an engine: once, in a bounded time, whatever its operators do. */
final class Shutdown {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  private static final Duration THREADS_TIMEOUT = Duration.ofSeconds(1);

  private final EngineCore engine;

  private Shutdown(EngineCore engine) {
    this.engine = engine;
  }

  static void of(EngineCore engine) {
    if (engine.markClosed()) {
      new Shutdown(engine).close();
    }
  }

  private void close() {
    engine.backlog().close();
    engine.inFlight().all().forEach(work -> work.cancel(cancelled(work.name())));
    engine.inFlight().awaitNone(engine.patience());
    abandonRest();
    engine.deadlines().close();
    engine.savedStates().close();
    closePacks();
    engine.pool().close(THREADS_TIMEOUT);
  }

  private void abandonRest() {
    List<Work> rest = engine.inFlight().all();
    for (Work work : rest) {
      String text =
          work.name()
              + " was abandoned: the engine closed, and the operator ignored that for "
              + engine.patience()
              + ". Let it poll call.cancellation().";
      LOG.warn(text);
      work.abandon(new RunCancelledException(text));
    }
  }

  private void closePacks() {
    try {
      engine.registry().close();
    } catch (Throwable failure) {
      LOG.error("closing a pack failed; the engine is closed all the same", failure);
    }
  }

  /** What pending values fail with. */
  static RunCancelledException cancelled(String what) {
    return new RunCancelledException(what + " was cancelled: the engine closed.");
  }
}
