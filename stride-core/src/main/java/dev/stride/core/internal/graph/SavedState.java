package dev.stride.core.internal.graph;

import dev.stride.api.Saved;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saved state that must be closed: exactly once, and never while an adjoint uses it. */
public final class SavedState {

  private static final Logger LOG = LoggerFactory.getLogger(SavedState.class);

  private final AutoCloseable state;
  private final String operator;
  private final Consumer<SavedState> whenClosed;
  private int uses;
  private boolean closing;
  private boolean closed;

  SavedState(AutoCloseable state, String operator, Consumer<SavedState> whenClosed) {
    this.state = state;
    this.operator = operator;
    this.whenClosed = whenClosed;
  }

  /** What the operator saved. */
  public Object state() {
    return state;
  }

  /** Name of the operator that saved it. */
  String operator() {
    return operator;
  }

  /** Bytes of what an operator saved. */
  static long bytes(@Nullable Object saved) {
    Object state = saved instanceof SavedState closeable ? closeable.state : saved;
    return state instanceof Saved sized ? sized.bytes() : 0;
  }

  /** Keeps it open until {@link #release}; false if it is closed. */
  public synchronized boolean acquire() {
    uses += closing ? 0 : 1;
    return !closing;
  }

  /** Ends a use. */
  public void release() {
    end(1, false);
  }

  /** Closes it, now or when its last use ends. */
  public void close() {
    end(0, true);
  }

  private void end(int ended, boolean close) {
    synchronized (this) {
      uses -= ended;
      closing |= close;
      if (!closing || uses > 0 || closed) {
        return;
      }
      closed = true;
    }
    whenClosed.accept(this);
    closeQuietly();
  }

  private void closeQuietly() {
    try {
      state.close();
    } catch (Throwable failure) {
      LOG.error("{}: closing its saved state failed", operator, failure);
    }
  }
}
