package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountingValue;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The little code that users and authors of operators write must stay enough. */
class FirstExampleTest {

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void application_composes_operators_and_reads_a_gradient() {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
    Operator<Tensor> multiply = stride.operator("multiply");
    Variable<Tensor> y = multiply.call(x, x);
    Variable<Tensor> loss = stride.operator("sum").call(y);
    loss.adjoint().join();

    assertThat(loss.get().item()).isEqualTo(14);
    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4, 6));
  }

  @Test
  void methods_of_variables_call_the_operators_of_the_pack() {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
    Variable<Tensor> loss = x.times(x).minus(x).plus(x).sum();
    loss.adjoint().join();

    assertThat(x.grad()).isEqualTo(Tensor.of(2, 4, 6));
  }

  /** The operator of the design, as an author writes it. */
  private static final class Softplus implements BlockingOperator<Tensor> {
    @Override
    public Signature signature() {
      return Signature.named("acme.softplus").input("x").output("y").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").map(v -> Math.log1p(Math.exp(v))));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(
          call.cotangent().times(call.tensor("x").map(v -> 1 / (1 + Math.exp(-v)))));
    }
  }

  @Test
  void operator_that_the_user_constructed_is_called_like_one_of_a_pack() {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(0.0));
    new Softplus().call(x).adjoint().join();

    assertThat(x.grad()).isEqualTo(Tensor.of(0.5));
  }

  @Test
  void many_shots_share_one_parameter() {
    Variable<Tensor> speed = stride.parameter("speed", Tensor.of(1.0, 2.0));
    List<Tensor> losses =
        stride
            .accumulate(
                List.of(1.0, 2.0, 3.0),
                2,
                shot -> stride.operator("stride.scale").call(speed.times(speed).sum(), shot))
            .join();

    assertThat(losses).extracting(Tensor::item).containsExactly(5.0, 10.0, 15.0);
    assertThat(speed.grad()).isEqualTo(Tensor.of(12.0, 24.0));
  }

  @Test
  void third_party_values_are_differentiated_through_their_own_space() {
    BiFunction<Double, Double, LambdaOperator<CountingValue>> scaling =
        (value, slope) ->
            LambdaOperator.of(
                Signature.named("acme.scaling")
                    .input("x", CountingValue.class)
                    .output("y", CountingValue.class)
                    .build(),
                call -> Outputs.of(scaled(call.value("x", CountingValue.class), value)),
                call -> Gradients.of(scaled(call.cotangent("y", CountingValue.class), slope)));
    CountingValue value = CountingValue.of(3);
    Variable<CountingValue> x = stride.parameter(value);
    Variable<CountingValue> h = scaling.apply(2.0, 2.0).call(x);
    Waiting.on(scaling.apply(5.0, 5.0).call(h).adjoint());
    Waiting.on(scaling.apply(7.0, 7.0).call(x).adjoint());

    assertThat(x.grad().number()).isEqualTo(17);
    assertThat(value.family().sums()).isEqualTo(1);
  }

  private static CountingValue scaled(CountingValue value, double factor) {
    return new CountingValue(value.number() * factor, value.family());
  }

  @Test
  void operator_is_looked_up_by_full_or_short_name() {
    assertThat(stride.operator("stride.multiply").signature().name()).isEqualTo("stride.multiply");
    assertThat(stride.operator("multiply").signature().name()).isEqualTo("stride.multiply");
    assertThat(stride.operator("test.square").signature().name()).isEqualTo("test.square");
  }

  @Test
  void unknown_operator_is_an_error_that_lists_what_there_is() {
    assertThatThrownBy(() -> stride.operator("multipy"))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("multipy")
        .hasMessageContaining("stride.multiply");
  }

  @Test
  void type_of_the_primary_output_is_checked_when_the_operator_is_looked_up() {
    assertThat(stride.operator("test.number.square", Double.class).call(3.0).get()).isEqualTo(9.0);
    assertThatThrownBy(() -> stride.operator("test.number.square"))
        .hasMessageContaining("test.number.square")
        .hasMessageContaining("Double")
        .hasMessageContaining("Tensor");
  }
}
