package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.RecordingListener;
import dev.stride.core.fixtures.Waiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E10. A run is an object: it can be cancelled (nothing new starts; operators see a token), has a
 * deadline, listeners, and statistics (nodes, bytes saved, peak bytes, time per operator).
 */
class E10RunIsAnObjectTest {

  private final Stride stride = Engines.engine();
  private final AtomicInteger later = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch sawToken = new CountDownLatch(1);

  private final LambdaOperator<Double> counted =
      LambdaOperator.of(
          Doubles.unary("test.counted"),
          call -> Outputs.of(Doubles.x(call)),
          call -> {
            later.incrementAndGet();
            return Gradients.of(Doubles.dy(call));
          });

  /** Runs until its token tells it to stop. */
  private final BlockingOperator<Double> obedient =
      Doubles.withAdjoint(call -> {
        started.countDown();
        while (!call.cancellation().isCancelled()) {
          Thread.onSpinWait();
        }
        sawToken.countDown();
        call.cancellation().throwIfCancelled();
        return Gradients.of(Doubles.dy(call));
      });

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void cancelled_run_starts_nothing_new_and_changes_no_gradient() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Variable<Double> x = stride.parameter(2.0);
    Run<RunStatistics> run = gate.call(counted.call(x)).adjoint();
    GatedOperator.Pending<?, Gradients> pending = gate.nextAdjoint();

    assertThat(run.cancel()).isTrue();
    assertThat(pending.call().cancellation().isCancelled()).isTrue();
    pending.complete(Gradients.of(1.0));

    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    assertThat(later).hasValue(0);
    assertThat(x.grad()).isNull();
    assertThat(run.isDone()).isTrue();
  }

  @Test
  void operator_sees_the_token_of_a_cancelled_run() {
    Variable<Double> x = stride.parameter(2.0);
    Run<RunStatistics> run = obedient.call(x).adjoint();
    Waiting.on(started);
    run.cancel();

    Waiting.on(sawToken);
    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);
    assertThat(x.grad()).isNull();
  }

  @Test
  void join_of_a_cancelled_run_throws_the_bare_exception() {
    Run<RunStatistics> run = obedient.call(stride.parameter(2.0)).adjoint();
    Waiting.on(started);
    run.cancel();
    assertThatThrownBy(run::join).isInstanceOf(RunCancelledException.class);
  }

  @Test
  void cancel_tells_whether_it_cancelled() {
    Run<RunStatistics> done = counted.call(stride.parameter(2.0)).adjoint();
    Waiting.on(done);
    assertThat(done.cancel()).isFalse();

    Run<RunStatistics> running = obedient.call(stride.parameter(2.0)).adjoint();
    Waiting.on(started);
    assertThat(running.cancel()).isTrue();
    assertThat(running.cancel()).isFalse();
  }

  @Test
  void deadline_cancels_the_run_and_says_so() {
    Variable<Double> x = stride.parameter(2.0);
    Run<RunStatistics> run =
        obedient.call(x).adjoint(AdjointOptions.defaults().within(Duration.ofMillis(20)));

    assertThat(Waiting.failureOf(run.stage()))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContaining("deadline");
    assertThat(x.grad()).isNull();
  }

  @Test
  void deadline_that_is_not_reached_changes_nothing() {
    Variable<Double> x = stride.parameter(2.0);
    Waiting.on(
        Doubles.square().call(x).adjoint(AdjointOptions.defaults().within(Duration.ofHours(1))));
    assertThat(x.grad()).isEqualTo(4.0);
  }

  @Test
  void deadline_must_be_positive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdjointOptions.defaults().within(Duration.ZERO))
        .withMessageContaining("PT0S");
  }

  @Test
  void listener_of_a_run_sees_that_run_only() {
    RecordingListener listener = new RecordingListener();
    Variable<Double> x = stride.parameter("x", 2.0);
    Variable<Double> first = counted.call(x);
    Variable<Double> second = counted.call(x);
    Waiting.on(first.adjoint(AdjointOptions.defaults().listener(listener)));
    Waiting.on(second.adjoint());

    assertThat(listener.of("started", Phase.ADJOINT)).hasSize(1);
    assertThat(listener.of("finished", Phase.ADJOINT)).hasSize(1);
    assertThat(listener.of("accumulated", Phase.ACCUMULATE)).hasSize(1);
    assertThat(listener.of("started", Phase.FORWARD)).isEmpty();
  }

  @Test
  void statistics_count_nodes_bytes_and_time_per_operator() {
    CountedSaved.Log log = new CountedSaved.Log();
    BlockingOperator<Double> saving =
        LambdaOperator.of(
            Doubles.unary("test.saving"),
            call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 1000, log)),
            call -> Gradients.of(Doubles.dy(call)));
    Variable<Double> y = saving.call(counted.call(saving.call(stride.parameter(2.0))));
    RunStatistics statistics = Waiting.on(y.adjoint());

    assertThat(statistics.nodes()).isEqualTo(4);
    assertThat(statistics.visited()).isEqualTo(4);
    assertThat(statistics.savedBytes()).isEqualTo(2000);
    assertThat(statistics.peakBytes()).isBetween(8L, 32L);
    assertThat(statistics.transfers()).isZero();
    assertThat(statistics.elapsed()).isPositive();
    assertThat(statistics.timePerOperator().keySet())
        .containsExactlyInAnyOrder("test.saving", "test.counted");
    assertThat(statistics.timePerOperator().values()).allMatch(time -> !time.isNegative());
  }

  @Test
  void statistics_can_be_read_while_the_run_goes_on() {
    GatedOperator gate = GatedOperator.inAdjoint();
    Run<RunStatistics> run = counted.call(gate.call(counted.call(stride.parameter(2.0)))).adjoint();
    GatedOperator.Pending<?, Gradients> pending = gate.nextAdjoint();

    assertThat(run.isDone()).isFalse();
    assertThat(run.statistics().nodes()).isEqualTo(4);
    Waiting.until(() -> run.statistics().visited() == 1);
    pending.complete(Gradients.of(1.0));
    Waiting.on(run);
  }

  @Test
  void named_extra_arguments_reach_every_adjoint_and_override_nothing() {
    AtomicInteger seen = new AtomicInteger();
    BlockingOperator<Double> asking =
        LambdaOperator.of(
            Doubles.binary("test.asking"),
            call -> Outputs.of(call.number("a") * call.number("b")),
            call -> {
              assertThat(call.number("b")).isEqualTo(3.0);
              assertThat(call.option("missing")).isNull();
              seen.addAndGet((Integer) call.option("b"));
              return Gradients.of(Doubles.dy(call), null);
            });
    Variable<Double> y = asking.call(asking.call(stride.parameter(2.0), 3.0), 3.0);
    Waiting.on(y.adjoint(AdjointOptions.defaults().with("b", 7)));

    assertThat(seen).hasValue(14);
  }

  @Test
  void run_that_waits_for_its_root_can_be_cancelled() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> x = stride.parameter(2.0);
    Variable<Double> y = gate.call(x);
    Run<RunStatistics> run = y.adjoint();
    assertThat(run.cancel()).isTrue();
    assertThat(Waiting.failureOf(run.stage())).isInstanceOf(RunCancelledException.class);

    gate.passForward();
    assertThat(Waiting.on(y.value())).isEqualTo(2.0);
    assertThat(x.grad()).isNull();
  }

  @Test
  void deadline_passes_while_the_run_waits_for_its_root() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> y = gate.call(stride.parameter(2.0));
    Run<RunStatistics> run = y.adjoint(AdjointOptions.defaults().within(Duration.ofMillis(20)));
    assertThat(Waiting.failureOf(run.stage())).hasMessageContaining("deadline");
    gate.passForward();
  }
}
