package dev.stride.ops.gpu.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.RunCancelledException;
import dev.stride.api.Shape;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The wavefield of a shot in the memory of the device, and of the host where that is too small. */
class HistoryTest {

  private static final int SAMPLES = 120;
  private static final long CHUNK = 64 << 10;
  private static final CancellationToken NEVER = CancellationToken.NONE;

  private static Tensor velocity() {
    return Tensor.random(Shape.of(40, 60), DataType.FLOAT32, 3).map(v -> 1500 + 20 * v);
  }

  private static Tensor wavelets() {
    float[] values = new float[SAMPLES];
    for (int n = 0; n < 40; n++) {
      values[n] = (float) (Math.sin(Math.PI * n / 8) * Math.pow(Math.sin(Math.PI * n / 40), 2));
    }
    return Tensor.adopt(Shape.of(1, SAMPLES), values);
  }

  private static Tensor cotangents() {
    return Tensor.random(Shape.of(2, SAMPLES), DataType.FLOAT32, 5);
  }

  private static Propagator propagator(ComputeDevice device) {
    WaveGrid grid = new WaveGrid(Shape.of(40, 60), 1e-3);
    WaveProblem problem =
        new WaveProblem(
            grid,
            new Stencil(8),
            velocity(),
            Tensor.of(Shape.of(1, 2), 0.02, 0.03),
            Tensor.of(Shape.of(2, 2), 0.0205, 0.041, 0.01, 0.0123),
            2e-7,
            new AbsorbingLayer(grid, 8, 1500));
    return new Propagator(device, problem, device.upload(velocity()));
  }

  /** A gradient, and how much of the wavefield was on the host before the adjoint. */
  private record Computed(Tensor gradient, long bytesOnHost, long bytes) {}

  private static Computed gradient(long budget) {
    try (ComputeDevice device = new ComputeDevice(TestDevices.first(), budget);
        Propagator propagator = propagator(device);
        History history = propagator.history(SAMPLES, CHUNK)) {
      propagator.forward(device.upload(wavelets()), history, NEVER);
      long onHost = history.bytesOnHost();
      WaveGradients gradients = propagator.adjoint(device.upload(cotangents()), history, NEVER);
      Tensor gradient = Objects.requireNonNull(gradients.velocity()).toHeap();
      return new Computed(gradient, onHost, history.bytes());
    }
  }

  @Test
  void wavefield_that_does_not_fit_goes_to_the_host_and_the_gradient_has_the_same_bits() {
    Computed ample = gradient(64L << 20);
    Computed scarce = gradient(700 << 10);

    assertThat(ample.bytesOnHost()).isZero();
    assertThat(ample.bytes()).isGreaterThan(1 << 20);
    assertThat(scarce.bytesOnHost()).isGreaterThan(ample.bytes() / 3);
    assertThat(scarce.gradient()).isEqualTo(ample.gradient());
    assertThat(scarce.gradient().norm()).isPositive();
  }

  @Test
  void device_with_no_room_for_a_shot_is_an_error_that_names_who_holds_its_memory() {
    assertThatThrownBy(() -> gradient(64 << 10))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("stride.acoustic-wave [40, 60]")
        .hasMessageContaining("stride.gpu.memory");
  }

  @Test
  void shot_that_is_cancelled_stops_handing_over() {
    try (ComputeDevice device = new ComputeDevice(TestDevices.first(), 64L << 20);
        Propagator propagator = propagator(device)) {
      Tensor wavelets = device.upload(wavelets());
      assertThatThrownBy(() -> propagator.forward(wavelets, null, () -> true))
          .isInstanceOf(RunCancelledException.class);
    }
  }
}
