package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Operator;
import dev.stride.api.StrideException;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.DifferentiableMultiply;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E25. Recording gradients of gradients works for a {@code DifferentiableOperator}, whose adjoint
 * is written on variables; it keeps what it refers to. For any other operator it is an error that
 * names it.
 */
@SuppressWarnings("unchecked")
class E25GradientsOfGradientsTest {

  private final Stride stride = Engines.engine();
  private final Operator<Double> multiply = new DifferentiableMultiply();
  private final Variable<Double> x = stride.parameter("x", 3.0);

  @AfterEach
  void close() {
    stride.close();
  }

  private Variable<Double> cube() {
    return multiply.call(multiply.call(x, x), x);
  }

  @Test
  void first_gradient_is_a_variable_with_the_right_value() {
    Variable<Double> slope = stride.recordedGradients(cube(), x).getFirst();
    assertThat(Waiting.on(slope.value())).isEqualTo(27.0);
    assertThat(slope.needsGrad()).isTrue();
    assertThat(x.grad()).isNull();
  }

  @Test
  void second_gradient_is_the_gradient_of_the_first() {
    Variable<Double> slope = stride.recordedGradients(cube(), x).getFirst();
    Waiting.on(slope.adjoint());
    assertThat(x.grad()).isEqualTo(18.0);
  }

  @Test
  void third_gradient_works_too() {
    Variable<Double> slope = stride.recordedGradients(cube(), x).getFirst();
    Variable<Double> curvature = stride.recordedGradients(slope, x).getFirst();
    Waiting.on(curvature.adjoint());

    assertThat(curvature.get()).isEqualTo(18.0);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void mixed_second_gradient_crosses_from_one_variable_to_another() {
    Variable<Double> z = stride.parameter("z", 5.0);
    Variable<Double> y = multiply.call(multiply.call(x, x), z);
    List<Variable<Double>> slopes = stride.recordedGradients(y, x, z);
    Waiting.on(slopes.getFirst().adjoint());

    assertThat(slopes.getFirst().get()).isEqualTo(30.0);
    assertThat(slopes.getLast().get()).isEqualTo(9.0);
    assertThat(x.grad()).isEqualTo(10.0);
    assertThat(z.grad()).isEqualTo(6.0);
  }

  @Test
  void recording_keeps_what_it_refers_to() {
    Variable<Double> y = cube();
    Variable<Double> slope = stride.recordedGradients(y, x).getFirst();
    x.set(100.0);
    System.gc();
    Waiting.on(slope.adjoint(AdjointOptions.defaults().retaining()));
    Waiting.on(slope.adjoint());

    assertThat(x.grad()).isEqualTo(36.0);
  }

  @Test
  void plain_arguments_take_part() {
    Variable<Double> y = multiply.call(multiply.call(x, 4), x);
    Variable<Double> slope = stride.recordedGradients(y, x).getFirst();
    Waiting.on(slope.adjoint());

    assertThat(slope.get()).isEqualTo(24.0);
    assertThat(x.grad()).isEqualTo(8.0);
  }

  @Test
  void any_other_operator_is_an_error_that_names_it() {
    Variable<Double> y = multiply.call(Doubles.square().call(x), x);
    Throwable failure = failureOfRecording(y);

    assertThat(failure)
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("test.number.square")
        .hasMessageContaining("DifferentiableOperator");
  }

  private Throwable failureOfRecording(Variable<Double> y) {
    try {
      return Waiting.failureOf(stride.recordedGradients(y, x).getFirst().value());
    } catch (StrideException e) {
      return e;
    }
  }
}
