package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Run;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E10, E11. A run that is cancelled as it ends either was cancelled or was not, for everybody. */
class CancelRaceTest {

  private static final int ROUNDS = 30_000;

  private final Stride stride = Engines.engine();
  private final ExecutorService canceller = Executors.newSingleThreadExecutor();
  private final Variable<Double> x = stride.parameter(1.0);

  @AfterEach
  void close() {
    canceller.shutdownNow();
    stride.close();
  }

  @Test
  void cancel_is_true_exactly_if_the_run_fails_and_changes_nothing() {
    Variable<Double> y = Doubles.identity().call(x);
    race(ROUNDS, () -> y.adjoint(dev.stride.api.AdjointOptions.defaults().retaining()));
  }

  @Test
  void cancel_of_accumulate_is_true_exactly_if_it_fails_and_changes_nothing() {
    race(ROUNDS / 3, () -> stride.accumulate(List.of(1), 1, item -> Doubles.identity().call(x)));
  }

  private void race(int rounds, Supplier<Run<?>> start) {
    double expected = 0;
    for (int round = 0; round < rounds; round++) {
      Run<?> run = start.get();
      CountDownLatch answered = new CountDownLatch(1);
      boolean[] cancelled = new boolean[1];
      int delay = round % 400;
      canceller.execute(() -> {
        for (int spin = 0; spin < 10 * delay; spin++) {
          Thread.onSpinWait();
        }
        cancelled[0] = run.cancel();
        answered.countDown();
      });
      boolean failed = failed(run);
      Waiting.on(answered);
      assertThat(failed).as("round %d", round).isEqualTo(cancelled[0]);
      expected += failed ? 0 : 1;
    }
    assertThat(x.grad() == null ? 0.0 : x.grad()).isEqualTo(expected);
  }

  private static boolean failed(Run<?> run) {
    try {
      Waiting.on(run);
      return false;
    } catch (dev.stride.api.RunCancelledException e) {
      return true;
    }
  }
}
