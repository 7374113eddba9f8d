package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {

  private static final String TWICE =
      "__kernel void twice(__global const float *x, __global float *y) {"
          + " y[get_global_id(0)] = 2 * x[get_global_id(0)]; }";

  @RegisterExtension static final Opened OPENED = new Opened();

  private static ComputeDevice device() {
    return OPENED.device();
  }

  private static Tensor twice(Tensor x) {
    DeviceStorage out = device().allocate(x.size(), DataType.FLOAT32, "twice");
    device()
        .launch(
            new Launch(
                device().kernel(TWICE, "twice"),
                "test.twice",
                x.size(),
                List.of(device().storage(x), out),
                List.of(out)));
    return Tensor.of(x.shape(), out);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 16, 31, 207, 4098, 20_000})
  void elements_come_back_as_they_went(int size) {
    Tensor x = Tensor.random(Shape.of(size), DataType.FLOAT32, 5);

    assertThat(device().upload(x).toHeap()).isEqualTo(x);
    assertThat(device().copy(device().upload(x)).toHeap()).isEqualTo(x);
    assertThat(device().filled(x.shape(), DataType.FLOAT32, 1.5).toHeap())
        .isEqualTo(Tensor.full(x.shape(), 1.5, DataType.FLOAT32));
  }

  @Test
  void doubles_come_back_as_they_went_where_the_device_has_them() {
    Tensor x = Tensor.random(3, 5);
    if (device().description().doubles()) {
      assertThat(device().upload(x).toHeap()).isEqualTo(x);
    } else {
      assertThatThrownBy(() -> device().upload(x)).hasMessageContaining("float64");
    }
  }

  @Test
  void commands_see_the_results_of_those_before_them() {
    Tensor x = device().upload(Tensor.full(Shape.of(4098), 1, DataType.FLOAT32));
    for (int i = 0; i < 20; i++) {
      x = twice(x);
    }
    assertThat(x.toHeap().min()).isEqualTo(1 << 20);
    assertThat(x.toHeap().max()).isEqualTo(1 << 20);
  }

  @Test
  void release_gives_memory_back_at_once_and_ends_the_use() {
    int before = device().memory().liveBuffers();
    Tensor x = device().upload(Tensor.of(1f, 2f));
    assertThat(device().memory().liveBuffers()).isEqualTo(before + 1);
    x.storage().release();
    x.storage().release();

    assertThat(device().memory().liveBuffers()).isEqualTo(before);
    assertThatIllegalStateException()
        .isThrownBy(x::toHeap)
        .withMessageContaining("after its memory was released");
  }

  @Test
  void memory_that_is_released_while_commands_wait_for_it_is_not_changed_under_them() {
    Tensor ones = device().upload(Tensor.full(Shape.of(4098), 1, DataType.FLOAT32));
    Tensor twos = twice(ones);
    ones.storage().release();
    Tensor sevens = device().filled(Shape.of(4098), DataType.FLOAT32, 7);

    assertThat(twos.toHeap().max()).isEqualTo(2);
    assertThat(sevens.toHeap().min()).isEqualTo(7);
  }

  @Test
  void unreachable_tensors_make_room_where_the_budget_is_spent() {
    try (ComputeDevice small = new ComputeDevice(TestDevices.first(), 1 << 20)) {
      for (int i = 0; i < 20; i++) {
        small.filled(Shape.of(100_000), DataType.FLOAT32, i);
      }
      assertThat(small.filled(Shape.of(100_000), DataType.FLOAT32, 3).at(99_999)).isEqualTo(3);
    }
  }

  @Test
  void source_that_does_not_compile_is_an_error_with_the_compilers_words() {
    assertThatThrownBy(() -> device().kernel("__kernel void broken(int n) { n = missing; }", "k"))
        .isInstanceOf(OpenClException.class)
        .hasMessageContaining("BUILD_PROGRAM_FAILURE")
        .hasMessageContaining("missing")
        .hasMessageContaining("opencl:0");
  }

  @Test
  void command_that_is_refused_is_an_error_with_kernel_operator_and_sizes() {
    DeviceStorage out = device().allocate(4, DataType.FLOAT32, "one argument of two");
    Kernel kernel = device().kernel(TWICE + " ", "twice");

    assertThatThrownBy(
            () -> device().launch(new Launch(kernel, "test.twice", 4, List.of(out), List.of(out))))
        .isInstanceOf(OpenClException.class)
        .hasMessageContaining("kernel twice of test.twice over 256 work items in groups of 256")
        .hasMessageContaining("INVALID_KERNEL_ARGS");
  }

  private static Command command(String name, DeviceStorage in, DeviceStorage out) {
    return Command.of(() -> name, List.of(in.buffer()), List.of(out.buffer()));
  }

  @Test
  void failure_of_a_command_reaches_those_who_read_or_use_its_results() {
    DeviceStorage out = device().allocate(4, DataType.FLOAT32, "failing");
    Tensor failed = Tensor.of(Shape.of(4), out);
    command("twice", out, out).ended(new OpenClException(-5, "kernel twice failed"));

    assertThatIllegalStateException().isThrownBy(failed::toHeap).withMessageContaining("twice");
    assertThatIllegalStateException()
        .isThrownBy(() -> twice(failed))
        .withMessageContaining("kernel twice failed");
  }

  @Test
  void failure_of_a_command_reaches_what_was_handed_over_after_it() {
    DeviceStorage in = device().allocate(4, DataType.FLOAT32, "failing");
    DeviceStorage out = device().allocate(4, DataType.FLOAT32, "computed from it");
    command("first", in, in).ended(new OpenClException(-5, "kernel twice of test.first failed"));
    command("second", in, out).ended(null);

    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.of(Shape.of(4), out).toHeap())
        .withMessageContaining("test.first");
    assertThat(device().arrival(Tensor.of(Shape.of(4), out)))
        .isNotNull()
        .failsWithin(Duration.ofSeconds(30));
  }

  @Test
  void arrival_tells_when_results_are_computed() {
    Tensor x = device().upload(Tensor.full(Shape.of(4098), 1, DataType.FLOAT32));
    for (int i = 0; i < 100; i++) {
      x = twice(x);
    }
    CompletionStage<?> arrival = device().arrival(x);
    if (arrival != null) { // It may have been quick.
      assertThat(arrival).succeedsWithin(Duration.ofSeconds(30));
    }
    assertThat(device().arrival(x)).isNull();
  }

  @Test
  void end_of_every_command_is_told_whether_it_has_an_event_or_not() {
    DeviceStorage in = device().filled(4, DataType.FLOAT32, 1, "counted");
    DeviceStorage out = device().allocate(4, DataType.FLOAT32, "counted");
    Kernel kernel = device().kernel(TWICE, "twice");
    Launch launch = new Launch(kernel, "test.twice", 4, List.of(in, out), List.of(out));
    for (int count = 1; count < 200; count = 2 * count + 1) {
      long last = 0;
      for (int i = 0; i < count; i++) {
        last = device().launch(List.of(launch));
      }
      device().awaitEnd(last - count / 2);
      device().awaitEnd(last);
      CompletableFuture<Void> told = new CompletableFuture<>();
      device().afterEnd(last, () -> told.complete(null));
      assertThat(told).isCompleted();
    }
  }

  @Test
  void kernel_finds_its_arguments_after_their_memory_went_back_to_the_driver() {
    for (int i = 0; i < 20; i++) {
      Tensor x = device().upload(Tensor.full(Shape.of(300 + i), i, DataType.FLOAT32));
      Tensor y = twice(x);
      x.storage().release();
      assertThat(y.toHeap().max()).isEqualTo(2 * i);
      y.storage().release();
      device().memory().trim();
    }
  }

  @Test
  void groups_are_measured_with_a_command_whose_memory_goes_back() {
    try (ComputeDevice searching =
        new ComputeDevice(
            TestDevices.first(),
            1 << 20,
            ProgramCache.off(),
            GroupSizes.searched(ProgramCache.off()))) {
      Kernel kernel = searching.kernel(TWICE, "twice");
      Range usual = new Range(List.of(256L, 4L), List.of(256L, 1L));
      Range found =
          searching.inFastestGroups(TWICE, kernel, usual, () -> new Twice(searching, kernel));

      assertThat(found.items()).isEqualTo(usual.items());
      assertThat(found.isWhole()).isTrue();
      assertThat(searching.memory().liveBuffers()).isZero();
      assertThat(searching.memory().pooledBytes()).isPositive();
    }
  }

  private record Twice(DeviceStorage x, DeviceStorage y, Kernel kernel) implements Trial {

    Twice(ComputeDevice device, Kernel kernel) {
      this(
          device.filled(256, DataType.FLOAT32, 1, "x"),
          device.filled(256, DataType.FLOAT32, 1, "y"),
          kernel);
    }

    @Override
    public Launch in(Range range) {
      return new Launch(kernel, "test.twice", range, List.of(x, y), List.of(y));
    }

    @Override
    public void close() {
      x.release();
      y.release();
    }
  }

  @Test
  void virtual_threads_can_read() throws InterruptedException {
    Tensor x = twice(device().upload(Tensor.of(1f, 2f)));
    AtomicReference<Tensor> read = new AtomicReference<>();
    Thread.startVirtualThread(() -> read.set(x.toHeap())).join();

    assertThat(read.get()).isEqualTo(Tensor.of(2f, 4f));
  }

  @Test
  void values_can_be_read_after_close_and_nothing_computed() {
    ComputeDevice other = new ComputeDevice(TestDevices.first(), 1 << 20);
    Tensor x = other.upload(Tensor.of(1f, 2f));
    Tensor large = Tensor.random(Shape.of(20_000), DataType.FLOAT32, 5);
    Tensor there = other.upload(large);
    other.close();
    other.close();

    assertThat(x.toHeap()).isEqualTo(Tensor.of(1f, 2f));
    assertThat(there.toHeap()).isEqualTo(large);
    assertThatIllegalStateException()
        .isThrownBy(() -> other.upload(Tensor.of(3f)))
        .withMessageContaining("closed with its engine");
    assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
        .filteredOn(name -> name.contains("completion"))
        .hasSizeLessThanOrEqualTo(1); // That of the device of these tests.
  }

  @Test
  void tensor_of_another_engine_is_refused() {
    try (ComputeDevice other = new ComputeDevice(TestDevices.first(), 1 << 20)) {
      Tensor x = other.upload(Tensor.of(1f));
      assertThatIllegalStateException()
          .isThrownBy(() -> device().storage(x))
          .withMessageContaining("another engine or device");
    }
  }
}
