package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Gradients;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E23. A value that user code has seen is never recycled or changed. Device buffers are leased,
 * freed by {@code close()} or when unreachable. Accumulation may reuse only buffers that the engine
 * made and nobody saw. Sharing immutable values between gradients, inputs and outputs is allowed.
 *
 * <p>Leasing is the device pack's side of this rule and tested there.
 */
class E23ValuesThatWereSeenTest {

  private final Stride stride = Engines.engine();
  private final Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2));

  @AfterEach
  void close() {
    stride.close();
  }

  private Variable<Tensor> threeTimes() {
    Variable<Tensor> same = Tensors.same().call(x);
    return Tensors.add().call(Tensors.add().call(same, x), x);
  }

  @Test
  void gradient_that_was_read_is_not_changed_by_later_runs() {
    List<Tensor> read = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Waiting.on(threeTimes().adjoint(Tensor.of(1, 1)));
      read.add(x.grad());
    }
    assertThat(read)
        .containsExactly(Tensor.of(3, 3), Tensor.of(6, 6), Tensor.of(9, 9), Tensor.of(12, 12));
  }

  @Test
  void gradient_that_was_read_is_not_changed_by_clearing_or_by_accumulate() {
    Waiting.on(stride.accumulate(List.of(1, 2), 2, item -> Tensors.sum().call(threeTimes())));
    Tensor first = x.grad();
    Waiting.on(stride.accumulate(List.of(1, 2), 2, item -> Tensors.sum().call(threeTimes())));
    Tensor second = x.grad();
    x.clearGrad();
    Waiting.on(threeTimes().adjoint(Tensor.of(5, 5)));

    assertThat(first).isEqualTo(Tensor.of(6, 6));
    assertThat(second).isEqualTo(Tensor.of(12, 12));
    assertThat(x.grad()).isEqualTo(Tensor.of(15, 15));
  }

  @Test
  void cotangent_that_an_operator_kept_is_not_changed() {
    List<Tensor> kept = Collections.synchronizedList(new ArrayList<>());
    LambdaOperator<Tensor> keeping =
        Tensors.withAdjoint(
            "test.keeping",
            call -> {
              kept.add(call.cotangent());
              return Gradients.of(call.cotangent());
            });
    Variable<Tensor> h = keeping.call(x);
    Variable<Tensor> y = Tensors.add().call(Tensors.add().call(h, h), Tensors.add().call(x, h));
    Waiting.on(y.adjoint(Tensor.of(1, 1)));

    assertThat(kept).containsExactly(Tensor.of(3, 3));
    assertThat(x.grad()).isEqualTo(Tensor.of(4, 4));
  }

  @Test
  void gradient_that_an_operator_handed_over_and_kept_is_not_changed() {
    Tensor constant = Tensor.of(1, 1);
    LambdaOperator<Tensor> handing =
        Tensors.withAdjoint("test.handing", call -> Gradients.of(constant));
    Variable<Tensor> y = Tensors.add().call(handing.call(x), handing.call(x));
    for (int i = 0; i < 3; i++) {
      Waiting.on(y.adjoint(Tensor.of(1, 1), AdjointOptions.defaults().retaining()));
    }
    assertThat(constant).isEqualTo(Tensor.of(1, 1));
    assertThat(x.grad()).isEqualTo(Tensor.of(6, 6));
  }

  @Test
  void returned_gradients_are_not_changed_by_later_runs() {
    Variable<Tensor> y = threeTimes();
    List<Tensor> gradients =
        Waiting.on(
            stride.gradients(
                List.of(new Seeded<>(y, Tensor.of(1, 1))),
                List.of(x),
                AdjointOptions.defaults().retaining()));
    for (int i = 0; i < 3; i++) {
      Waiting.on(y.adjoint(Tensor.of(1, 1), AdjointOptions.defaults().retaining()));
    }
    assertThat(gradients).containsExactly(Tensor.of(3, 3));
  }

  @Test
  void preconditioner_that_was_read_is_not_changed() {
    LambdaOperator<Tensor> conditioned =
        Tensors.withAdjoint(
            "test.conditioned",
            call -> Gradients.of(call.cotangent()).preconditioner("x", Tensor.of(10, 20)));
    List<Tensor> read = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Waiting.on(conditioned.call(x).adjoint(Tensor.of(1, 1)));
      read.add(x.preconditioner());
    }
    assertThat(read).containsExactly(Tensor.of(10, 20), Tensor.of(20, 40), Tensor.of(30, 60));
  }

  @Test
  void value_of_a_leaf_survives_set() {
    Tensor before = x.get();
    Variable<Tensor> y = Tensors.square().call(x);
    x.set(Tensor.of(100, 200));
    Waiting.on(y.adjoint(Tensor.of(1, 1)));

    assertThat(before).isEqualTo(Tensor.of(1, 2));
    assertThat(y.get()).isEqualTo(Tensor.of(1, 4));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4));
  }
}
