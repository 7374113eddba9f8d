package dev.stride.core.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Port;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Saved state is closed exactly once, never in use, also when nobody can reach it any more. */
class SavedStatesTest {

  private final SavedStates states = new SavedStates();
  private final AtomicInteger closed = new AtomicInteger();

  @AfterEach
  void close() {
    states.close();
  }

  @Test
  void state_of_a_released_node_is_closed_once() {
    CallNode node = node();
    keep(node, states.track(node, closeable()));
    assertThat(node.release()).isTrue();
    assertThat(node.release()).isFalse();
    states.close();
    assertThat(closed).hasValue(1);
  }

  private static void keep(CallNode node, Object state) {
    Spaces none =
        new Spaces(value -> {
          throw new AssertionError("nothing is dropped here");
        });
    node.keep(node.plan(), new Object[1], new Object[1], "spec", none);
    node.saved(state);
  }

  @Test
  void state_in_use_is_closed_when_its_last_use_ends() {
    SavedState state = (SavedState) states.track(node(), closeable());
    assertThat(state.acquire()).isTrue();
    assertThat(state.acquire()).isTrue();
    states.close();
    assertThat(closed).hasValue(0);
    assertThat(state.acquire()).as("no new use").isFalse();
    state.release();
    assertThat(closed).hasValue(0);
    state.release();
    assertThat(closed).hasValue(1);
  }

  @Test
  void state_of_a_node_that_nobody_can_reach_is_closed() {
    trackAndForget();
    Waiting.collectUntil(() -> closed.get() == 1);
    states.close();
    assertThat(closed).hasValue(1);
  }

  private void trackAndForget() {
    CallNode node = node();
    keep(node, states.track(node, closeable()));
  }

  @Test
  void state_that_arrives_after_the_end_is_closed_at_once() {
    states.close();
    states.track(node(), closeable());
    assertThat(closed).hasValue(1);
  }

  @Test
  void state_whose_close_throws_counts_as_closed() {
    AutoCloseable broken =
        () -> {
          closed.incrementAndGet();
          throw new IllegalStateException("close failed");
        };
    SavedState state = (SavedState) states.track(node(), broken);
    state.close();
    state.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void state_that_cannot_be_closed_is_kept_as_it_is() {
    assertThat(states.track(node(), "plain")).isEqualTo("plain");
  }

  private AutoCloseable closeable() {
    return closed::incrementAndGet;
  }

  private static CallNode node() {
    var operator = Doubles.identity();
    OperatorPlan plan = new OperatorPlan(operator, operator, "test");
    List<Port> ports = plan.signature().inputs();
    return new CallNode(1, plan, Layout.ofFirst(1, ports), new @Nullable GraphNode[1], null, 1);
  }
}
