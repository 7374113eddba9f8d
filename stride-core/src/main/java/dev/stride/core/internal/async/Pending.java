package dev.stride.core.internal.async;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is there, will be there, or never will. Completed once; safe for any number of
 * threads.
 *
 * <p>What waits for it runs through the {@linkplain Extent#complete trampoline} on the completing
 * thread, in the order it was attached.
 *
 * @param <T> type of the value
 */
public final class Pending<T> {

  private static final VarHandle STATE = stateHandle();

  /** Null or a {@link Waiter} while pending; then the value or a {@link Failure}. */
  private volatile @Nullable Object state;

  /** A value that will be there. */
  public Pending() {}

  private Pending(Object state) {
    this.state = state;
  }

  /** A value that is there. */
  public static <T> Pending<T> of(T value) {
    return new Pending<>((Object) value);
  }

  /** Whether the value or a failure is there. */
  public boolean isDone() {
    Object now = state;
    return now != null && !(now instanceof Waiter);
  }

  /** The failure; null if there is none, or none yet. */
  public @Nullable Throwable failure() {
    return state instanceof Failure(Throwable cause) ? cause : null;
  }

  /** The value; null if it is not there. */
  @SuppressWarnings("unchecked")
  public @Nullable T now() {
    Object now = state;
    return now instanceof Waiter || now instanceof Failure ? null : (T) now;
  }

  /** Sets the value; false if something was set before. */
  public boolean complete(T value) {
    return settle(value);
  }

  /** Sets a failure; false if something was set before. */
  public boolean fail(Throwable cause) {
    return settle(new Failure(cause));
  }

  /** Runs this when the value or a failure is there; false, and nothing, if it is there now. */
  public boolean attach(Runnable then) {
    while (true) {
      Object now = state;
      if (now != null && !(now instanceof Waiter)) {
        return false;
      }
      if (STATE.compareAndSet(this, now, new Waiter(then, (Waiter) now))) {
        return true;
      }
    }
  }

  /** Runs this when the value or a failure is there, at once if it is. */
  public void whenDone(Runnable then) {
    if (!attach(then)) {
      Extent.complete(then);
    }
  }

  /** Settles another with what a function makes of the value, at once if it is there. */
  public <R> void then(Pending<R> other, Function<? super T, ? extends R> function) {
    Runnable settling = () -> settle(other, function);
    if (!attach(settling)) {
      settling.run();
    }
  }

  private <R> void settle(Pending<R> other, Function<? super T, ? extends R> function) {
    try {
      Failures.rethrow(failure());
      other.complete(function.apply(Objects.requireNonNull(now())));
    } catch (Throwable failure) {
      other.fail(failure);
    }
  }

  /** A stage of this value, which nobody can complete from outside. */
  public CompletionStage<T> stage() {
    T value = now();
    return value != null
        ? CompletableFuture.completedStage(value)
        : future().minimalCompletionStage();
  }

  /** A future that follows this value. Completing it has no effect here. */
  public CompletableFuture<T> future() {
    CompletableFuture<T> future = new CompletableFuture<>();
    if (!attach(() -> settle(future))) {
      settle(future); // At once: a completion may be about to join it.
    }
    return future;
  }

  private void settle(CompletableFuture<T> future) {
    Throwable failure = failure();
    if (failure != null) {
      future.completeExceptionally(failure);
    } else {
      future.complete(now());
    }
  }

  private boolean settle(Object outcome) {
    while (true) {
      Object now = state;
      if (now != null && !(now instanceof Waiter)) {
        return false;
      }
      if (STATE.compareAndSet(this, now, outcome)) {
        wake((Waiter) now);
        return true;
      }
    }
  }

  private static void wake(@Nullable Waiter last) {
    for (Waiter waiter = inOrder(last); waiter != null; waiter = waiter.next) {
      Extent.complete(waiter.then);
    }
  }

  private static @Nullable Waiter inOrder(@Nullable Waiter last) {
    Waiter first = null;
    for (Waiter waiter = last; waiter != null; ) {
      Waiter earlier = waiter.next;
      waiter.next = first;
      first = waiter;
      waiter = earlier;
    }
    return first;
  }

  private static VarHandle stateHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Pending.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Failure(Throwable cause) {}

  private static final class Waiter {
    private final Runnable then;
    private @Nullable Waiter next;

    private Waiter(Runnable then, @Nullable Waiter next) {
      this.then = then;
      this.next = next;
    }
  }
}
