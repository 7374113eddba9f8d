package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.TransferPolicy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shots on a device are those of the processor, in 2D and 3D: traces, both gradients and the
 * preconditioner. Skipped where there is no device, except in continuous integration.
 */
class WaveParityTest {

  private static final int SAMPLES = 400;

  /**
   * Of the norms, in float32: rounding of some hundred steps, which compilers order differently.
   */
  private static final double TOLERANCE = 1e-4;

  private static Stride stride;

  @BeforeAll
  static void open() {
    stride = Stride.builder().transferPolicy(TransferPolicy.AUTOMATIC).build();
    BothDevices.requireDevice(stride);
  }

  @AfterAll
  static void close() {
    if (stride != null) {
      stride.close();
    }
  }

  private static Arguments shot(Object velocity, Object wavelets, int dimensions, int order) {
    Tensor sources =
        dimensions == 2
            ? Tensor.of(Shape.of(2, 2), 0.012, 0.02, 0.0213, 0.0341)
            : Tensor.of(Shape.of(2, 3), 0.006, 0.007, 0.008, 0.0051, 0.0082, 0.0093);
    Tensor receivers =
        dimensions == 2
            ? Tensor.of(Shape.of(3, 2), 0.03, 0.03, 0.0207, 0.0113, 0.044, 0.0502)
            : Tensor.of(Shape.of(2, 3), 0.007, 0.0101, 0.0122, 0.003, 0.012, 0.005);
    return Arguments.of(velocity, wavelets, sources, receivers, 1e-3, 2e-7)
        .with("absorbing", dimensions == 2 ? 10 : 3)
        .with("order", order);
  }

  private static Tensor wavelets() {
    float[] values = new float[2 * SAMPLES];
    for (int n = 0; n < 60; n++) {
      values[n] = (float) (Math.sin(Math.PI * n / 10) * Math.pow(Math.sin(Math.PI * n / 60), 2));
      values[SAMPLES + n + 11] = 0.5f * values[n];
    }
    return Tensor.adopt(Shape.of(2, SAMPLES), values);
  }

  private static List<Tensor> computed(String device, int dimensions, int order) {
    Shape model = dimensions == 2 ? Shape.of(47, 61) : Shape.of(11, 14, 19);
    Tensor speed = Tensor.random(model, DataType.FLOAT32, 3).map(v -> 1500 + 20 * v);
    Variable<Tensor> velocity = stride.parameter(speed);
    Variable<Tensor> wavelets = stride.parameter(wavelets());
    Variable<Tensor> there = velocity.moveTo(device);
    Variable<Tensor> traces =
        stride.operator("acoustic-wave").call(shot(there, wavelets, dimensions, order));
    assertThat(traces.get().device().kind()).isEqualTo(device);
    traces.times(traces).sum().adjoint().join();
    Tensor energy = preconditioner(there.asParameter(), dimensions, order);
    return List.of(
        traces.get().toHeap(),
        Objects.requireNonNull(velocity.grad()),
        Objects.requireNonNull(wavelets.grad()),
        energy);
  }

  private static Tensor preconditioner(Variable<Tensor> speed, int dimensions, int order) {
    Variable<Tensor> traces =
        stride.operator("acoustic-wave").call(shot(speed, wavelets(), dimensions, order));
    traces.times(traces).sum().adjoint().join();
    return Objects.requireNonNull(speed.preconditioner()).toHeap();
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "2, 4", "2, 10", "3, 6", "3, 8"})
  void shot_on_a_device_is_that_on_the_processor(int dimensions, int order) {
    List<Tensor> here = computed("cpu", dimensions, order);
    List<Tensor> there = computed("opencl", dimensions, order);
    for (int i = 0; i < here.size(); i++) {
      assertThat(here.get(i).norm()).isPositive();
      assertThat(here.get(i).minus(there.get(i)).norm())
          .as("value %d", i)
          .isLessThanOrEqualTo(TOLERANCE * here.get(i).norm());
    }
  }

  @Test
  void shot_on_a_device_is_the_same_bits_every_time() {
    List<Tensor> first = computed("opencl", 2, 10);
    assertThat(computed("opencl", 2, 10)).isEqualTo(first);
  }

  @Test
  void what_the_processor_refuses_the_device_refuses_in_the_same_words() {
    Variable<Tensor> speed = stride.variable(Tensor.full(Shape.of(47, 61), 1500, DataType.FLOAT64));
    Tensor wavelets = wavelets().cast(DataType.FLOAT64);
    Arguments odd = shot(speed.moveTo("opencl"), wavelets, 2, 7);
    assertThatThrownBy(() -> stride.operator("acoustic-wave").call(odd).get())
        .hasStackTraceContaining("stride.acoustic-wave: `order` is 7; expected 2, 4, 6, 8 or 10.");
  }
}
