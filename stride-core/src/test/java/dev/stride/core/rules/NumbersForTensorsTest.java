package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A plain number may stand for a tensor, a variable of numbers may not: its gradient would be a
 * tensor. Whether the variable's value is there already makes no difference.
 */
class NumbersForTensorsTest {

  private static final String REFUSAL =
      "argument `b` is a Double 4.0; expected a Tensor for the input ";

  private final ManualExecutor executor = new ManualExecutor();
  private final Stride stride = Engines.manual(executor);
  private final Variable<Tensor> tensor = stride.parameter("tensor", Tensor.scalar(3));
  private final Variable<Double> number = stride.parameter("number", 2.0);
  private final Operator<Tensor> multiply = Tensors.multiply();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void finished_number_is_refused_by_the_call() {
    Variable<Double> finished = Doubles.square().call(number);
    executor.runAll();
    assertThat(finished.isDone()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> multiply.call(tensor, finished))
        .withMessageContaining(REFUSAL);
  }

  @Test
  void pending_number_is_refused_with_the_same_words_as_soon_as_it_is_there() {
    Variable<Double> pending = Doubles.square().call(number);
    Variable<Tensor> y = multiply.call(tensor, pending);
    assertThat(pending.isDone()).isFalse();
    executor.runAll();

    assertThat(Waiting.failureOf(y.value())).hasMessageContaining(REFUSAL);
    assertThat(Waiting.on(pending.value())).isEqualTo(4.0);
  }

  @Test
  void run_over_a_refused_number_fails_and_changes_no_gradient() {
    Variable<Tensor> y = multiply.call(tensor, Doubles.square().call(number));
    var run = y.adjoint();
    executor.runAll();

    assertThat(Waiting.failureOf(run.stage())).hasMessageContaining(REFUSAL);
    assertThat(tensor.grad()).isNull();
    assertThat(number.grad()).isNull();
  }

  @Test
  void plain_number_stands_for_a_scalar_of_the_type_of_a_pending_tensor() {
    Variable<Tensor> pending = Tensors.square().call(tensor);
    Variable<Tensor> y = multiply.call(pending, 4);
    executor.runAll();

    assertThat(y.get()).isEqualTo(Tensor.scalar(36));
  }
}
