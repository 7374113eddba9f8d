package dev.stride.core.internal.graph;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All saved state of an engine that must be closed. Closes that of a graph that has become
 * unreachable, on a daemon thread that starts with the first such state, and the rest at the end.
 */
public final class SavedStates implements AutoCloseable {

  private final Set<SavedState> open = ConcurrentHashMap.newKeySet();
  private final Set<Reference> references = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<CallNode> unreachable = new ReferenceQueue<>();
  private @Nullable Thread cleaner;
  private boolean closed;

  /** Takes charge of what a call saved; returns what its node keeps. */
  public Object track(CallNode node, Object saved) {
    if (!(saved instanceof AutoCloseable closeable)) {
      return saved;
    }
    SavedState state = new SavedState(closeable, node.plan().name(), open::remove);
    open.add(state);
    if (watch(node, state)) {
      return state;
    }
    state.close();
    return state;
  }

  /** Closes what an operator saved although nothing was recorded. */
  public void discard(String operator, @Nullable Object saved) {
    if (saved instanceof AutoCloseable closeable) {
      new SavedState(closeable, operator, state -> {}).close();
    }
  }

  /** The operators whose saved state is open, one for each state, in alphabetical order. */
  public List<String> open() {
    return open.stream().map(SavedState::operator).sorted().toList();
  }

  /** Closes everything that is not in use, now; the rest when its use ends. Ends the thread. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (cleaner != null) {
        cleaner.interrupt();
      }
    }
    references.clear();
    open.forEach(SavedState::close);
  }

  private synchronized boolean watch(CallNode node, SavedState state) {
    if (closed) {
      return false;
    }
    if (cleaner == null) {
      cleaner = Thread.ofPlatform().daemon().name("stride-cleaner").start(this::clean);
    }
    references.add(new Reference(node, state, unreachable));
    return true;
  }

  private void clean() {
    try {
      while (true) {
        Reference reference = (Reference) unreachable.remove();
        references.remove(reference);
        reference.state.close();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Reference extends PhantomReference<CallNode> {
    private final SavedState state;

    private Reference(CallNode node, SavedState state, ReferenceQueue<CallNode> queue) {
      super(node, queue);
      this.state = state;
    }
  }
}
