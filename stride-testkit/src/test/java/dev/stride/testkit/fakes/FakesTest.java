package dev.stride.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Answers.CALLS_REAL_METHODS;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.withSettings;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.EngineListener;
import dev.stride.core.Stride;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fakes do what they say, with the engine. */
@Timeout(60)
class FakesTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static Stride engine() {
    return Stride.builder().withoutDiscovery().threads(2).build();
  }

  @Test
  void manual_executor_runs_in_order_or_in_the_order_of_a_seed() {
    assertThat(order(executor -> executor.runAll())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    List<Integer> shuffled = order(executor -> executor.runAllShuffled(3));
    assertThat(shuffled).isNotEqualTo(order(ManualExecutor::runAll)).hasSize(8);
    assertThat(order(executor -> executor.runAllShuffled(3))).isEqualTo(shuffled);
  }

  private static List<Integer> order(Consumer<ManualExecutor> run) {
    ManualExecutor executor = new ManualExecutor();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int task = i;
      executor.execute(() -> order.add(task));
    }
    assertThat(executor.pending()).isEqualTo(8);
    run.accept(executor);
    return order;
  }

  @Test
  void manual_executor_refuses_after_shutdown() {
    ManualExecutor executor = new ManualExecutor();
    executor.shutdown();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.execute(() -> {}));
  }

  @Test
  void recording_listener_sees_forward_adjoint_and_accumulation() {
    RecordingListener listener = new RecordingListener();
    try (Stride engine =
        Stride.builder().withoutDiscovery().listener(listener).threads(2).build()) {
      Variable<Tensor> x = engine.parameter(Tensor.scalar(2.0));
      FailingOperator.in(Phase.FORWARD, 0).call(x).adjoint().join();
    }
    assertThat(listener.texts())
        .contains("started forward fake.failing", "finished adjoint fake.failing");
    assertThat(listener.seen("accumulated", Phase.ACCUMULATE)).hasSize(1);
  }

  @Test
  void failing_operator_fails_in_its_phase_and_recovers_after_its_times() {
    try (Stride engine = engine()) {
      Variable<Tensor> x = engine.parameter(Tensor.scalar(2.0));
      FailingOperator once = FailingOperator.in(Phase.FORWARD, 1);
      assertThatExceptionOfType(OperatorException.class)
          .isThrownBy(() -> once.call(x).get())
          .withMessageContaining("fails on purpose in FORWARD");
      assertThat(once.call(x).get()).isEqualTo(x.get());
      Variable<Tensor> y = FailingOperator.in(Phase.ADJOINT).call(x);
      assertThat(y.get()).isEqualTo(x.get());
      assertThatExceptionOfType(OperatorException.class).isThrownBy(() -> y.adjoint().join());
    }
  }

  @Test
  void gated_operator_ends_when_it_is_let_pass() {
    try (Stride engine = engine()) {
      GatedOperator gated = GatedOperator.inForward();
      Variable<Tensor> y = gated.call(engine.parameter(Tensor.scalar(2.0)));
      GatedOperator.Waiting<?> waiting = gated.next(LIMIT);
      assertThat(y.isDone()).isFalse();
      assertThat(waiting.call().has("x")).isTrue();
      waiting.pass();
      assertThat(y.get()).isEqualTo(Tensor.scalar(2.0));
      Variable<Tensor> z = gated.call(engine.parameter(Tensor.scalar(3.0)));
      gated.next(LIMIT).fail(new IllegalStateException("refused"));
      assertThatExceptionOfType(OperatorException.class)
          .isThrownBy(z::get)
          .withMessageContaining("refused");
    }
  }

  @Test
  void slow_operator_ends_when_released_or_cancelled() throws InterruptedException {
    try (Stride engine = engine()) {
      SlowOperator slow = SlowOperator.blocking();
      Variable<Tensor> y = slow.call(engine.parameter(Tensor.scalar(2.0)));
      assertThat(slow.awaitStart(30, TimeUnit.SECONDS)).isTrue();
      assertThat(y.isDone()).isFalse();
      slow.release();
      assertThat(y.get()).isEqualTo(Tensor.scalar(2.0));
    }
  }

  @Test
  void gated_adjoint_can_be_cancelled() {
    try (Stride engine = engine()) {
      GatedOperator gated = GatedOperator.inAdjoint();
      Variable<Tensor> x = engine.parameter(Tensor.scalar(2.0));
      var run = gated.call(x).adjoint();
      GatedOperator.Waiting<?> waiting = gated.next(LIMIT);
      assertThat(run.cancel()).isTrue();
      waiting.pass();
      assertThatExceptionOfType(RunCancelledException.class).isThrownBy(run::join);
      assertThat(x.grad()).isNull();
    }
  }

  @Test
  void fake_device_computes_where_its_tensors_are_and_counts_moves() {
    FakeDevice device = new FakeDevice();
    device.operator(new FakeDouble(device));
    try (Stride engine = Stride.builder().withoutDiscovery().pack(device).threads(2).build()) {
      Tensor there = device.upload(Tensor.of(1.0, 2.0));
      assertThatIllegalStateException().isThrownBy(() -> there.times(2));
      Variable<Tensor> x = engine.parameter(there);
      Variable<Tensor> y = engine.operator("fake.double").call(x);
      y.adjoint(device.upload(Tensor.of(1.0, 10.0))).join();
      Tensor gradient = Objects.requireNonNull(x.grad());
      assertThat(gradient.device()).isEqualTo(FakeDevice.DEVICE);
      assertThat(device.uploads()).isEqualTo(2);
      assertThat(device.downloads()).isZero();
      assertThat(gradient.toHeap()).isEqualTo(Tensor.of(2.0, 20.0));
      assertThat(device.downloads()).isEqualTo(1);
    }
  }

  @Test
  void gradients_of_a_busy_fake_device_are_published_when_it_has_caught_up() {
    FakeDevice device = new FakeDevice();
    device.operator(new FakeDouble(device));
    try (Stride engine = Stride.builder().withoutDiscovery().pack(device).threads(2).build()) {
      Variable<Tensor> x = engine.parameter("x", device.upload(Tensor.of(1.0, 2.0)));
      Tensor seed = device.upload(Tensor.of(1.0, 10.0));
      device.busy();
      Run<RunStatistics> run = engine.operator("fake.double").call(x).adjoint(seed);
      assertThat(run.isDone()).isFalse();
      device.catchUp();
      run.join();
      assertThat(Objects.requireNonNull(x.grad()).toHeap()).isEqualTo(Tensor.of(2.0, 20.0));

      device.busy();
      Run<RunStatistics> failing = engine.operator("fake.double").call(x).adjoint(seed);
      device.fail(new IllegalStateException("fake:0 is unplugged."));
      assertThat(failing.stage())
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withMessageContaining("fake:0 is unplugged.");
      assertThat(Objects.requireNonNull(x.grad()).toHeap()).isEqualTo(Tensor.of(2.0, 20.0));
    }
  }

  /** Twice its input, on the fake device. */
  private record FakeDouble(FakeDevice device) implements BlockingOperator<Tensor> {

    @Override
    public Signature signature() {
      return Signature.named("fake.double").input("x").output("y").adjointNeeds().build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(twice(call.tensor("x")));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(twice(call.cotangent()));
    }

    private Tensor twice(Tensor tensor) {
      return device.onDevice(FakeDevice.inPlace(tensor).times(2));
    }
  }

  @Test
  void calls_and_listeners_can_be_mocked() {
    ForwardCall call = mock(withSettings().defaultAnswer(CALLS_REAL_METHODS));
    doReturn(Tensor.of(1.0, 2)).when(call).value("x", Tensor.class);
    CompletionStage<Outputs> stage = GatedOperator.inAdjoint().forward(call, Runnable::run);
    assertThat(stage.toCompletableFuture().join().values()).containsExactly(Tensor.of(1.0, 2));

    EngineListener listener = mock();
    try (Stride stride = Stride.builder().withoutDiscovery().listener(listener).build()) {
      GatedOperator.inAdjoint().call(stride.parameter(Tensor.of(1.0))).get();
    }
    verify(listener).started(argThat(event -> event.phase() == Phase.FORWARD));
  }
}
