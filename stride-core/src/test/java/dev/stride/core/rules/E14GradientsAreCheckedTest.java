package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorException;
import dev.stride.api.Outputs;
import dev.stride.api.Phase;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Golden;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E14. Gradients returned by an operator are checked: one per input port, none missing where
 * needed, shape and type of the input. The error names operator, port, expected, got.
 */
class E14GradientsAreCheckedTest {

  private final Stride stride = Engines.engine();
  private final Variable<Tensor> a = stride.parameter("a", Tensor.of(1, 2, 3));
  private final Variable<Tensor> b = stride.parameter("b", Tensor.of(4, 5, 6));

  @AfterEach
  void close() {
    stride.close();
  }

  private static LambdaOperator<Tensor> returning(Function<AdjointCall, Gradients> adjoint) {
    return LambdaOperator.of(
        Signature.named("test.returning").input("first").input("second").output("y").build(),
        call -> Outputs.of(call.tensor("first").plus(call.tensor("second"))),
        adjoint);
  }

  private OperatorException failureOf(Function<AdjointCall, Gradients> adjoint) {
    Variable<Tensor> y = returning(adjoint).call(a, b);
    Throwable failure = Waiting.failureOf(() -> y.adjoint(Tensor.of(1, 1, 1)));
    assertThat(failure)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.returning");
    OperatorException found = (OperatorException) failure;
    assertThat(found.failure().phase()).isEqualTo(Phase.ADJOINT);
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();
    return found;
  }

  @Test
  void too_few_are_refused() {
    OperatorException failure = failureOf(call -> Gradients.of(call.cotangent()));
    assertThat(failure).hasMessageContaining("1").hasMessageContaining("2");
    Golden.assertMatches("too-few-gradients", failure);
  }

  @Test
  void too_many_are_refused() {
    assertThat(
            failureOf(call -> Gradients.of(call.cotangent(), call.cotangent(), call.cotangent())))
        .hasMessageContaining("3")
        .hasMessageContaining("2");
  }

  @Test
  void missing_one_that_is_needed_is_refused() {
    OperatorException failure = failureOf(call -> Gradients.of(call.cotangent(), null));
    assertThat(failure.failure().port()).isEqualTo("second");
    Golden.assertMatches("missing-gradient", failure);
  }

  @Test
  void missing_one_that_is_needed_is_refused_by_path_too() {
    assertThat(
            failureOf(call -> Gradients.builder().put("first", call.cotangent()).build())
                .failure()
                .port())
        .isEqualTo("second");
  }

  @Test
  void wrong_shape_is_refused_with_both_shapes() {
    OperatorException failure = failureOf(call -> Gradients.of(call.cotangent(), Tensor.of(7)));
    assertThat(failure.failure().port()).isEqualTo("second");
    assertThat(failure).hasMessageContaining("[3]").hasMessageContaining("[1]");
    Golden.assertMatches("wrong-gradient-shape", failure);
  }

  @Test
  void wrong_element_type_is_refused_with_both_types() {
    OperatorException failure =
        failureOf(call -> Gradients.of(Tensor.of(1.0, 1.0, 1.0), call.cotangent()));
    assertThat(failure.failure().port()).isEqualTo("first");
    assertThat(failure).hasMessageContaining("float32").hasMessageContaining("float64");
  }

  @Test
  void wrong_class_is_refused() {
    assertThat(failureOf(call -> Gradients.of(call.cotangent(), "text")))
        .hasMessageContaining("String");
  }

  @Test
  void list_for_a_port_of_one_value_is_refused() {
    assertThat(
            failureOf(call ->
                    Gradients.of(List.of(call.cotangent(), call.cotangent()), call.cotangent()))
                .failure()
                .port())
        .isEqualTo("first");
  }

  @Test
  void unknown_path_is_refused() {
    assertThat(
            failureOf(call ->
                Gradients.builder()
                    .put("first", call.cotangent())
                    .put("second", call.cotangent())
                    .put("third", call.cotangent())
                    .build()))
        .hasMessageContaining("third");
  }

  @Test
  void null_instead_of_gradients_is_refused() {
    failureOf(call -> null);
  }

  @Test
  void preconditioner_of_another_shape_is_refused() {
    assertThat(
            failureOf(call ->
                Gradients.of(call.cotangent(), call.cotangent())
                    .preconditioner("second", Tensor.of(1))))
        .hasMessageContaining("[3]")
        .hasMessageContaining("[1]");
  }

  @Test
  void null_is_right_and_a_value_ignored_where_none_is_needed() {
    Variable<Tensor> plain = stride.variable(Tensor.of(4, 5, 6));
    Waiting.on(
        returning(call -> Gradients.of(call.cotangent(), null))
            .call(a, plain)
            .adjoint(Tensor.of(1, 1, 1)));
    Waiting.on(
        returning(call -> Gradients.of(call.cotangent(), Tensor.of(99)))
            .call(a, plain)
            .adjoint(Tensor.of(1, 1, 1)));

    assertThat(a.grad()).isEqualTo(Tensor.of(2, 2, 2));
    assertThat(plain.grad()).isNull();
  }

  @Test
  void gradients_by_path_reach_their_inputs() {
    Waiting.on(
        returning(call ->
                Gradients.builder()
                    .put("second", call.cotangent().times(2))
                    .put("first", call.cotangent())
                    .build())
            .call(a, b)
            .adjoint(Tensor.of(1, 1, 1)));

    assertThat(a.grad()).isEqualTo(Tensor.of(1, 1, 1));
    assertThat(b.grad()).isEqualTo(Tensor.of(2, 2, 2));
  }

  @Test
  void wrong_number_in_a_variadic_port_is_refused() {
    LambdaOperator<Tensor> wrong =
        LambdaOperator.of(
            Signature.named("test.joining").input(Port.of("inputs").variadic()).output("y").build(),
            call -> Outputs.of(call.tensors("inputs").getFirst()),
            call -> Gradients.of(List.of(call.cotangent())));
    Throwable failure = Waiting.failureOf(() -> wrong.call(a, b).adjoint(Tensor.of(1, 1, 1)));
    assertThat(failure)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.joining")
        .hasMessageContaining("inputs");
  }

  @Test
  void null_in_the_list_of_a_variadic_port_is_right_where_none_is_needed() {
    Variable<Tensor> plain = stride.variable(Tensor.of(4, 5, 6));
    LambdaOperator<Tensor> operator =
        LambdaOperator.of(
            Signature.named("test.joining").input(Port.of("inputs").variadic()).output("y").build(),
            call -> Outputs.of(call.tensors("inputs").stream().reduce(Tensor::plus).orElseThrow()),
            call ->
                Gradients.of(
                    Arrays.asList(
                        call.needsGrad("inputs[0]") ? call.cotangent() : null,
                        call.needsGrad("inputs[1]") ? call.cotangent() : null)));
    Waiting.on(operator.call(plain, b).adjoint(Tensor.of(1, 1, 1)));

    assertThat(b.grad()).isEqualTo(Tensor.of(1, 1, 1));
  }

  @Test
  void outputs_are_checked_like_gradients() {
    assertThat(
            Waiting.failureOf(
                Tensors.withForward("test.two", call -> Outputs.of(Tensor.of(1), Tensor.of(2)))
                    .call(a)
                    .value()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.two");
    assertThat(
            Waiting.failureOf(
                Tensors.withForward("test.text", call -> Outputs.of("text")).call(a).value()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("String");
    assertThat(Waiting.failureOf(Tensors.withForward("test.null", call -> null).call(a).value()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("test.null");
  }
}
