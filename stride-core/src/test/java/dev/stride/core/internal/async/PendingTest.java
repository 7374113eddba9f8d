package dev.stride.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pending values and the trampoline that their completions run on. */
class PendingTest {

  private static final int MILLION = 1_000_000;

  @Test
  void completions_of_a_million_chained_values_need_a_small_stack_only() {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Runnable code =
        () -> {
          Pending<Integer> first = new Pending<>();
          Pending<Integer> last = first;
          for (int i = 0; i < MILLION; i++) {
            last = following(last);
          }
          first.complete(1);
          result.complete(last.future().join());
        };
    new Thread(null, code, "small-stack-test", Engines.SMALL_STACK).start();
    assertThat(Waiting.on(result)).isEqualTo(MILLION + 1);
  }

  private static Pending<Integer> following(Pending<Integer> before) {
    Pending<Integer> next = new Pending<>();
    before.whenDone(() -> next.complete(before.future().join() + 1));
    return next;
  }

  @Test
  void whatever_waits_runs_in_the_order_it_came() {
    Pending<String> pending = new Pending<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      pending.whenDone(() -> order.add(number));
    }
    pending.complete("x");
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void completion_that_throws_does_not_keep_the_others_from_running() {
    Pending<String> pending = new Pending<>();
    List<String> ran = new ArrayList<>();
    pending.whenDone(() -> {
      throw new IllegalStateException("a user's callback");
    });
    pending.whenDone(() -> ran.add("second"));
    pending.complete("x");
    assertThat(ran).containsExactly("second");
  }

  @Test
  void second_outcome_is_refused() {
    Pending<String> pending = new Pending<>();
    assertThat(pending.complete("first")).isTrue();
    assertThat(pending.complete("second")).isFalse();
    assertThat(pending.fail(new IllegalStateException())).isFalse();
    assertThat(pending.now()).isEqualTo("first");
    assertThat(pending.attach(() -> {})).isFalse();
  }

  @Test
  void stage_cannot_be_completed_from_outside() {
    Pending<String> pending = new Pending<>();
    pending.stage().toCompletableFuture().complete("from outside");
    assertThat(pending.isDone()).isFalse();
    pending.complete("inside");
    assertThat(Waiting.on(pending.stage())).isEqualTo("inside");
  }

  @Test
  void future_fails_with_the_failure_itself() {
    Pending<String> pending = new Pending<>();
    IllegalStateException boom = new IllegalStateException("boom");
    pending.fail(boom);
    assertThat(pending.failure()).isSameAs(boom);
    assertThatThrownBy(() -> pending.future().join()).hasCause(boom);
  }

  @Test
  void future_of_a_settled_value_can_be_joined_inside_a_completion() {
    Pending<String> failed = new Pending<>();
    IllegalStateException boom = new IllegalStateException("boom");
    failed.fail(boom);
    List<Throwable> seen = new ArrayList<>();
    Extent.complete(() -> seen.add(failed.future().exceptionNow()));
    assertThat(seen).containsExactly(boom);
  }

  @Test
  void completions_run_one_after_the_other_not_inside_each_other() {
    List<String> log = new ArrayList<>();
    Extent.complete(() -> {
      log.add("outer begins");
      Extent.complete(() -> log.add("inner"));
      log.add("outer ends");
    });
    assertThat(log).containsExactly("outer begins", "outer ends", "inner");
    assertThat(Extent.current()).isNull();
  }
}
