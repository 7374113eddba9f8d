package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class L2DistanceTest {

  private static final Shape TRACES = Shape.of(1, 1, 2); // [source, receiver, time]

  private final Stride stride = Engines.standard();
  private final Variable<Tensor> modelled = stride.parameter(Tensor.of(TRACES, 3f, 5));
  private final Variable<Tensor> observed = stride.parameter(Tensor.of(TRACES, 1f, 2));

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void loss_is_half_the_squared_residual() {
    Variable<Tensor> loss = stride.operator("l2-distance").call(modelled, observed);
    assertThat(loss.get()).isEqualTo(Tensor.scalar(6.5f));
    assertThat(Engines.gradient(loss, modelled)).isEqualTo(Tensor.of(TRACES, 2f, 3));
    assertThat(observed.grad()).isEqualTo(Tensor.of(TRACES, -2f, -3));
  }

  @Test
  void weights_count_each_sample() {
    Arguments arguments =
        Arguments.of(modelled, observed).with("weights", Tensor.of(TRACES, 10f, 0));
    Variable<Tensor> loss = stride.operator("l2-distance").call(arguments);
    assertThat(loss.get()).isEqualTo(Tensor.scalar(20f));
    assertThat(Engines.gradient(loss, modelled)).isEqualTo(Tensor.of(TRACES, 20f, 0));
  }

  @Test
  void data_that_need_no_gradient_get_none() {
    Variable<Tensor> data = stride.variable(Tensor.of(TRACES, 1f, 2));
    stride.operator("l2-distance").call(modelled, data).adjoint().join();
    assertThat(modelled.grad()).isNotNull();
    assertThat(data.grad()).isNull();
  }

  @Test
  void interleaved_shots_keep_their_own_residual() {
    Variable<Tensor> other = stride.parameter(Tensor.of(TRACES, 9f, 9));
    Variable<Tensor> first = stride.operator("l2-distance").call(modelled, observed);
    Variable<Tensor> second = stride.operator("l2-distance").call(other, observed);
    first.adjoint().join();
    second.adjoint().join();
    assertThat(modelled.grad()).isEqualTo(Tensor.of(TRACES, 2f, 3));
    assertThat(other.grad()).isEqualTo(Tensor.of(TRACES, 8f, 7));
  }

  @Test
  void unequal_shapes_are_refused_and_both_are_named() {
    Variable<Tensor> shorter = stride.variable(Tensor.of(Shape.of(1, 1, 1), 1f));
    assertThatThrownBy(() -> stride.operator("l2-distance").call(modelled, shorter).get())
        .hasStackTraceContaining(
            "stride.l2-distance: `modelled` has shape [1, 1, 2] but `observed` has shape [1, 1, 1];"
                + " both must be equal. Crop, resample or reshape one of them before the call.");
  }
}
