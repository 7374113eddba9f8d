package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E16. Values are immutable. No operator can see or cause a change in another's inputs, cotangents
 * or outputs.
 */
class E16ImmutableValuesTest {

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  /** Does to copies what a careless operator would do to its own arguments. */
  private static LambdaOperator<Tensor> scribbling() {
    return LambdaOperator.of(
        Tensors.unary("test.scribbling").build(),
        call -> {
          double[] own = call.tensor("x").toDoubleArray();
          own[0] = 777;
          return Outputs.of(call.tensor("x"));
        },
        call -> {
          float[] own = call.cotangent().toFloatArray();
          own[0] = 777;
          return Gradients.of(call.cotangent());
        });
  }

  @Test
  void array_that_a_tensor_was_made_of_or_gave_out_can_change_without_effect() {
    float[] given = {1, 2, 3};
    Variable<Tensor> x = stride.parameter(Tensor.of(given));
    Variable<Tensor> y = Tensors.square().call(x);
    given[0] = 100;
    x.get().toFloatArray()[1] = 100;
    Waiting.on(y.adjoint(Tensor.of(1, 1, 1)));

    assertThat(y.get()).isEqualTo(Tensor.of(1, 4, 9));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4, 6));
  }

  @Test
  void operator_cannot_change_its_siblings_inputs_or_cotangents() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Variable<Tensor> left = scribbling().call(x);
    Variable<Tensor> right = Tensors.same().call(x);
    Waiting.on(Tensors.add().call(left, right).adjoint(Tensor.of(1, 1)));

    assertThat(left.get()).isEqualTo(Tensor.of(1, 2));
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 2));
  }

  @Test
  void one_gradient_handed_to_two_inputs_is_accumulated_apart() {
    Variable<Tensor> a = stride.parameter(Tensor.of(1, 2));
    Variable<Tensor> b = stride.parameter(Tensor.of(3, 4));
    Variable<Tensor> y = Tensors.add().call(Tensors.add().call(a, b), a);
    Waiting.on(y.adjoint(Tensor.of(1, 1)));

    assertThat(a.grad()).isEqualTo(Tensor.of(2, 2));
    assertThat(b.grad()).isEqualTo(Tensor.of(1, 1));
  }

  @Test
  void seed_is_not_changed_by_what_is_accumulated_from_it() {
    Tensor seed = Tensor.of(1, 1);
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    for (int i = 0; i < 3; i++) {
      Variable<Tensor> same = Tensors.same().call(x);
      Waiting.on(Tensors.add().call(Tensors.add().call(same, x), x).adjoint(seed));
    }
    assertThat(seed).isEqualTo(Tensor.of(1, 1));
    assertThat(x.grad()).isEqualTo(Tensor.of(9, 9));
  }

  @Test
  void list_and_map_arguments_are_captured_at_the_call() {
    LambdaOperator<Tensor> concatenate = Tensors.concatenate();
    Variable<Tensor> x = stride.parameter(Tensor.of(1));
    List<Object> inputs = new ArrayList<>(List.of(x, Tensor.of(2)));
    Variable<Tensor> y = concatenate.call(dev.stride.api.Arguments.of().with("inputs", inputs));
    inputs.clear();
    Waiting.on(y.adjoint(Tensor.of(5, 6)));

    assertThat(y.get()).isEqualTo(Tensor.of(1, 2));
    assertThat(x.grad()).isEqualTo(Tensor.of(5));
  }

  @Test
  void operator_that_tries_to_change_the_list_it_sees_changes_nothing() {
    LambdaOperator<Tensor> greedy =
        LambdaOperator.of(
            Tensors.concatenate().signature(),
            call -> {
              clear(call.tensors("inputs"));
              return Outputs.of(call.tensors("inputs").getFirst());
            },
            call -> {
              clear(call.tensors("inputs"));
              assertThat(call.tensors("inputs")).hasSize(2);
              return Gradients.of(List.of(call.cotangent(), call.cotangent()));
            });
    Variable<Tensor> x = stride.parameter(Tensor.of(1));
    Waiting.on(greedy.call(x, x).adjoint());
    assertThat(x.grad()).isEqualTo(Tensor.of(2));
  }

  private static void clear(List<?> list) {
    try {
      list.clear();
    } catch (UnsupportedOperationException e) {
      assertThat(list).isNotEmpty();
    }
  }

  @Test
  void graph_taken_from_a_variable_is_a_snapshot() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Variable<Tensor> y = Tensors.square().call(x);
    Variable<Tensor> other = Tensors.same().call(stride.parameter(Tensor.of(1, 2)));
    Waiting.on(other.value());
    y.graph().root().addNext(other.graph().root());
    Waiting.on(y.adjoint(Tensor.of(1, 1)));

    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4));
  }
}
