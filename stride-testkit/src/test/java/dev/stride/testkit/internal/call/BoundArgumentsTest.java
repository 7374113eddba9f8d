package dev.stride.testkit.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments are bound as an engine binds them. */
class BoundArgumentsTest {

  private static final Tensor X = Tensor.of(1.0, 2.0);
  private static final Tensor Y = Tensor.of(3.0);
  private static final Signature AXPY =
      Signature.named("test.axpy")
          .input("x")
          .input("factor")
          .input(Port.auxiliary("axis", Integer.class).optional())
          .output("y")
          .build();
  private static final Signature JOIN =
      Signature.named("test.join").input(Port.of("inputs").variadic()).output("y").build();

  @Test
  void number_for_a_tensor_port_is_a_scalar_of_the_first_tensors_type() {
    BoundArguments bound = BoundArguments.bind(AXPY, Arguments.of(X, 2));
    assertThat(bound.at("factor")).isEqualTo(Tensor.scalar(2.0));
    BoundArguments alone = BoundArguments.bind(AXPY, Arguments.of(1, 2));
    assertThat(alone.at("x")).isEqualTo(Tensor.scalar(1, DataType.FLOAT32));
  }

  @Test
  void named_and_positional_arguments_mix() {
    BoundArguments bound =
        BoundArguments.bind(AXPY, Arguments.of(X).with("axis", 1L).with("factor", Y));
    assertThat(bound.at("factor")).isEqualTo(Y);
    assertThat(bound.at("axis")).isEqualTo(1);
    assertThat(bound.differentiable()).containsOnlyKeys("x", "factor");
  }

  @Test
  void variadic_input_takes_the_rest_or_one_list() {
    for (Arguments arguments : List.of(Arguments.of(X, Y), Arguments.of(List.of(X, Y)))) {
      BoundArguments bound = BoundArguments.bind(JOIN, arguments);
      assertThat(bound.values("inputs")).containsExactly(X, Y);
      assertThat(bound.at("inputs[1]")).isEqualTo(Y);
      assertThat(bound.differentiable()).containsOnlyKeys("inputs[0]", "inputs[1]");
    }
  }

  @Test
  void containers_are_addressed_by_path() {
    Signature nested =
        Signature.named("test.nested").input("model", Object.class).output("y").build();
    BoundArguments bound =
        BoundArguments.bind(nested, Arguments.of(Map.of("layers", List.of(X, Y))));
    assertThat(bound.at("model.layers[1]")).isEqualTo(Y);
    assertThat(bound.has("model.layers")).isTrue();
    BoundArguments moved = bound.with(Map.of("model.layers[1]", X));
    assertThat(moved.at("model")).isEqualTo(Map.of("layers", List.of(X, X)));
    assertThat(bound.at("model.layers[1]")).isEqualTo(Y);
  }

  @Test
  void copy_shares_no_tensor() {
    BoundArguments bound = BoundArguments.bind(JOIN, Arguments.of(X, Y));
    assertThat(bound.copy().at("inputs[0]")).isEqualTo(X).isNotSameAs(X);
  }

  @Test
  void arguments_that_do_not_fit_are_refused_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundArguments.bind(AXPY, Arguments.of(X)))
        .withMessageContaining("input 'factor' is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundArguments.bind(AXPY, Arguments.of(X, Y).with("z", 1)))
        .withMessageContaining("there is no input 'z'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundArguments.bind(AXPY, Arguments.of(X, Y).with("x", X)))
        .withMessageContaining("input 'x' is given twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundArguments.bind(AXPY, Arguments.of(X, Y, 0.5)))
        .withMessageContaining("`axis` is 0.5; expected an Integer");
  }
}
