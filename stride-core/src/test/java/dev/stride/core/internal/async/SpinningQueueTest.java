package dev.stride.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinningQueueTest {

  private final SpinningQueue queue = new SpinningQueue();

  @Test
  void reader_gets_what_is_there_in_order() throws InterruptedException {
    Runnable first = () -> {};
    Runnable second = () -> {};
    queue.add(first);
    queue.add(second);
    assertThat(queue.take()).isSameAs(first);
    assertThat(queue.poll(1, TimeUnit.HOURS)).isSameAs(second);
  }

  @Test
  void reader_of_an_empty_queue_gives_up_after_its_time() throws InterruptedException {
    assertThat(queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reader_gets_what_comes_while_it_spins_or_sleeps(boolean sleeps) throws Exception {
    List<Runnable> read = new CopyOnWriteArrayList<>();
    Thread reader = Thread.ofPlatform().daemon().unstarted(() -> readAll(read));
    reader.start();
    List<Runnable> sent = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 1000; i++) {
      if (sleeps && i % 250 == 0) {
        Waiting.until(() -> reader.getState() == Thread.State.WAITING);
      }
      int number = i;
      Runnable task = () -> assertThat(number).isNotNegative();
      sent.add(task);
      queue.add(task);
    }
    Waiting.until(() -> read.size() == sent.size());
    reader.interrupt();
    reader.join();
    assertThat(read).isEqualTo(sent);
  }

  private void readAll(List<Runnable> read) {
    try {
      while (true) {
        read.add(queue.take());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void reader_that_is_interrupted_says_so() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> queue.poll(1, TimeUnit.HOURS))
        .isInstanceOf(InterruptedException.class);
  }
}
