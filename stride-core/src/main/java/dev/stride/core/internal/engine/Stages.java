package dev.stride.core.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What operators return that give their results later. */
final class Stages {

  private Stages() {}

  /** The result of a stage that has succeeded, if it tells; otherwise null. */
  static <T> @Nullable T now(CompletionStage<T> stage) {
    // The minimal stage of a future is a subclass that refuses to tell its state.
    return stage.getClass() == CompletableFuture.class
            && stage instanceof CompletableFuture<T> future
            && future.state() == CompletableFuture.State.SUCCESS
        ? future.resultNow()
        : null;
  }
}
