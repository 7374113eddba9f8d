package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * E1. A bound on unfinished calls holds whoever builds faster than the executor runs: no more than
 * the bound are ever under way, and each that ends lets one more in.
 */
class BoundedProducerTest {

  private static final int BOUND = 8;
  private static final int CALLS = 1_000;

  private final ManualExecutor executor = new ManualExecutor();
  private final AtomicInteger called = new AtomicInteger();
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger mostUnfinished = new AtomicInteger();

  private final LambdaOperator<Double> counted =
      LambdaOperator.of(
          Doubles.unary("test.counted"),
          call -> {
            ran.incrementAndGet();
            return Outputs.of(Doubles.x(call));
          },
          call -> Gradients.of(Doubles.dy(call)));

  /** Which variable the next call takes: of the parameter and the output of the last call. */
  private enum Form {
    CHAIN((x, last) -> last, Weight.COMPUTE),
    CHAIN_OF_CHEAP((x, last) -> last, Weight.CHEAP),
    FAN((x, last) -> x, Weight.COMPUTE);

    private final BinaryOperator<Variable<Double>> input;
    private final Weight weight;

    Form(BinaryOperator<Variable<Double>> input, Weight weight) {
      this.input = input;
      this.weight = weight;
    }
  }

  private Stride bounded() {
    return Engines.builder().executor(executor).maximumUnfinished(BOUND).build();
  }

  private Thread producer(Variable<Double> x, Form form, int calls) {
    return Thread.ofPlatform()
        .start(() -> {
          Variable<Double> last = counted(x, Weight.COMPUTE);
          for (int i = 1; i < calls; i++) {
            last = counted(form.input.apply(x, last), form.weight);
          }
        });
  }

  /** A call, after which it counts those that have returned and whose forward has not run. */
  private Variable<Double> counted(Variable<Double> x, Weight weight) {
    Variable<Double> y = counted.weighing(weight).call(x);
    // A forward that runs between the two makes the figure too small, never too large.
    int made = called.incrementAndGet();
    mostUnfinished.accumulateAndGet(made - ran.get(), Math::max);
    return y;
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void producer_is_never_ahead_by_more_than_the_bound(Form form) {
    try (Stride stride = bounded()) {
      Thread producer = producer(stride.parameter(1.0), form, CALLS);
      untilHeld(producer);
      assertThat(called).hasValue(BOUND);
      assertThat(ran).hasValue(0);

      executor.runUntil(() -> !producer.isAlive() && ran.get() == CALLS);
      assertThat(called).hasValue(CALLS);
      assertThat(mostUnfinished).hasValue(BOUND);
    }
  }

  @Test
  void every_call_that_ends_lets_one_more_in() {
    try (Stride stride = bounded()) {
      Thread producer = producer(stride.parameter(1.0), Form.FAN, CALLS);
      for (int ended = 0; ended < CALLS - BOUND; ended++) {
        int expected = BOUND + ended;
        Waiting.until(() -> called.get() == expected);
        untilHeld(producer);
        assertThat(called).hasValue(expected);
        executor.runUntil(() -> ran.get() == expected - BOUND + 1);
      }
      executor.runUntil(() -> !producer.isAlive() && ran.get() == CALLS);
      assertThat(mostUnfinished).hasValue(BOUND);
    }
  }

  @Test
  void producers_share_the_bound() {
    try (Stride stride = bounded()) {
      Variable<Double> x = stride.parameter(1.0);
      List<Thread> producers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        producers.add(producer(x, Form.FAN, CALLS));
      }
      producers.forEach(BoundedProducerTest::untilHeld);
      assertThat(called).hasValue(BOUND);

      executor.runUntil(
          () -> producers.stream().noneMatch(Thread::isAlive) && ran.get() == 4 * CALLS);
      assertThat(mostUnfinished).hasValue(BOUND);
    }
  }

  @Test
  void calls_that_fail_make_room_too() {
    try (Stride stride = bounded()) {
      Variable<Double> broken =
          Doubles.failing(new IllegalStateException("as it should")).call(stride.parameter(1.0));
      executor.runUntil(broken::isDone);
      List<Variable<Double>> failed = new ArrayList<>();
      for (int i = 0; i < 3 * BOUND; i++) {
        failed.add(counted.call(broken));
      }
      assertThat(failed).allMatch(Variable::isDone);
      assertThat(ran).hasValue(0);
    }
  }

  private static void untilHeld(Thread producer) {
    Waiting.until(() -> producer.getState() == Thread.State.WAITING);
  }
}
