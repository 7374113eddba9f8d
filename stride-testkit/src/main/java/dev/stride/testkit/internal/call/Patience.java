package dev.stride.testkit.internal.call;

import dev.stride.api.Run;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long the kit waits for one phase of an operator. Shared by the checks of one operator: where
 * it was exhausted once, the others need not wait again. Thread-safe.
 */
public final class Patience {

  /** How long the kit waits unless told otherwise. */
  public static final Duration DEFAULT = Duration.ofMinutes(2);

  private final Duration limit;
  private final AtomicReference<String> exhausted = new AtomicReference<>("");

  /** Waits so long for each phase. */
  public Patience(Duration limit) {
    this.limit = limit;
  }

  /** What did not complete; empty if everything has so far. */
  public String exhausted() {
    return exhausted.get();
  }

  /**
   * Waits for a phase.
   *
   * @throws NeverCompleted if it does not end
   * @throws ContractViolation if it failed; its failure is the cause
   */
  public <T> T await(String phase, CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw OperatorRunner.failed(phase, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      String problem = phase + " did not complete within " + limit.toMillis() + " ms";
      exhausted.compareAndSet("", problem);
      throw new NeverCompleted(problem, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContractViolation("interrupted while waiting for " + phase, e);
    }
  }

  /** Waits for a run of an engine, and gives what its failure was. */
  public <T> T await(Run<T> run) {
    return await("a run of the engine", run.stage());
  }
}
