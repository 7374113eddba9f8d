package dev.stride.core.internal.engine;

import dev.stride.api.StrideException;
import dev.stride.core.internal.async.Failures;
import dev.stride.core.internal.engine.HandedOut.Task;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of a run that a device still computes: each keeps the run active until it is there,
 * which no thread waits for, or until the run is stopped.
 */
final class LateValues {

  private final RunLife life;
  private final Set<Late> awaited = ConcurrentHashMap.newKeySet();

  LateValues(RunLife life) {
    this.life = life;
  }

  /** Waits for the gradient of a leaf. What follows runs on the pool, never where it completes. */
  void await(String leaf, CompletionStage<?> arrival) {
    life.enter();
    Late late = new Late(leaf);
    awaited.add(late);
    arrival.whenComplete((there, failure) -> late.arrived(failure));
    if (life.isCancelled()) { // Whoever cancelled may have dropped the others before it was added.
      late.drop();
    }
  }

  /** Waits for nothing any more. */
  void drop() {
    awaited.forEach(Late::drop);
  }

  /** What a run or its caller is told of a gradient that never comes. */
  static StrideException missing(String leaf, Throwable failure) {
    Throwable bare = Failures.unwrap(failure);
    return new StrideException(
        "DeviceFailure",
        "the gradient of variable '"
            + leaf
            + "' was not computed: "
            + bare.getMessage()
            + " No gradient has changed.",
        bare);
  }

  private final class Late implements Task {

    private final String leaf;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile @Nullable Throwable failure;

    Late(String leaf) {
      this.leaf = leaf;
    }

    void arrived(@Nullable Throwable reason) {
      failure = reason;
      life.handOut(this);
    }

    @Override
    public void run() {
      Throwable reason = failure;
      if (reason != null) {
        life.stop(missing(leaf, reason));
      }
      drop();
    }

    @Override
    public void drop() {
      if (left.compareAndSet(false, true)) {
        awaited.remove(this);
        life.leave();
      }
    }
  }
}
