package dev.stride.core.internal.graph;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E3. Saved state is closed once and never in use, and a node released once, in every schedule. */
@Tag("interleavings")
class SavedStateInterleavingsTest {

  @Test
  void state_is_closed_once_by_whoever_comes_last_and_never_in_use() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          AtomicInteger closed = new AtomicInteger();
          AtomicBoolean inUse = new AtomicBoolean();
          AtomicBoolean closedInUse = new AtomicBoolean();
          AutoCloseable resource =
              () -> {
                closed.incrementAndGet();
                closedInUse.compareAndSet(false, inUse.get());
              };
          SavedState state = shared(new SavedState(resource, "test", whenClosed -> {}));
          race(() -> use(state, inUse, closed), state::close, state::close);
          check(closed.get() == 1, "closed so often: " + closed);
          check(!closedInUse.get(), "closed in use");
          check(!state.acquire(), "what is closed is used again");
        });
  }

  private static void use(SavedState state, AtomicBoolean inUse, AtomicInteger closed) {
    if (state.acquire()) {
      inUse.set(true);
      check(closed.get() == 0, "closed in use");
      inUse.set(false);
      state.release();
    }
  }

  @Test
  void node_is_released_once_though_a_run_that_gave_up_and_its_operator_both_do() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          AtomicInteger closed = new AtomicInteger();
          AtomicInteger released = new AtomicInteger();
          CallNode node = shared(Nodes.call(Nodes.leaf()));
          node.saved(new SavedState(closed::incrementAndGet, "test", whenClosed -> {}));
          Runnable release = () -> released.addAndGet(node.release() ? 1 : 0);
          race(release, release);
          check(released.get() == 1, "so many were told that they released it: " + released);
          check(closed.get() == 1, "closed so often: " + closed);
        });
  }
}
