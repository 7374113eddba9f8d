package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Arguments;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E17. {@code needsGrad} is frozen at call time and given to the adjoint per input, so that it can
 * skip work.
 */
class E17NeedsGradTest {

  private final Stride stride = Engines.engine();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private final LambdaOperator<Double> telling =
      LambdaOperator.of(
          Doubles.binary("test.telling"),
          call -> {
            tell("forward", call);
            return Outputs.of(call.number("a") + call.number("b"));
          },
          call -> {
            tell("adjoint", call);
            return Gradients.of(Doubles.dy(call), Doubles.dy(call));
          });

  private void tell(String phase, OperatorCall call) {
    seen.add(phase + " " + call.needsGrad("a") + " " + call.needsGrad("b"));
  }

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void each_input_says_whether_its_gradient_is_wanted() {
    Variable<Double> y = telling.call(stride.parameter(1.0), stride.variable(2.0));
    Waiting.on(y.adjoint());
    assertThat(seen).containsExactly("forward true false", "adjoint true false");
  }

  @Test
  void plain_value_wants_no_gradient() {
    Waiting.on(telling.call(1.0, stride.parameter(2.0)).adjoint());
    assertThat(seen).containsExactly("forward false true", "adjoint false true");
  }

  @Test
  void copy_that_needs_no_gradient_does_not_change_calls_on_the_original() {
    Variable<Double> x = stride.parameter(1.0);
    Variable<Double> y = telling.call(x, x.detach());
    Waiting.on(y.adjoint());

    assertThat(seen).containsExactly("forward true false", "adjoint true false");
    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void scope_around_the_run_changes_nothing() {
    Variable<Double> x = stride.parameter(1.0);
    Variable<Double> y = telling.call(x, x);
    Waiting.on(stride.noGrad(() -> y.adjoint(AdjointOptions.defaults())));

    assertThat(seen).containsExactly("forward true true", "adjoint true true");
    assertThat(x.grad()).isEqualTo(2.0);
  }

  @Test
  void nothing_is_wanted_where_nothing_is_recorded() {
    Variable<Double> x = stride.parameter(1.0);
    Waiting.on(stride.noGrad(() -> telling.call(x, x)).value());
    assertThat(seen).containsExactly("forward false false");
  }

  @Test
  void elements_of_a_list_say_it_each() {
    LambdaOperator<Double> sum =
        LambdaOperator.of(
            Doubles.sum().signature(),
            call ->
                Outputs.of(call.values("inputs", Double.class).stream().mapToDouble(v -> v).sum()),
            call -> {
              seen.add(
                  call.needsGrad("inputs")
                      + " "
                      + call.needsGrad("inputs[0]")
                      + " "
                      + call.needsGrad("inputs[1]"));
              return Gradients.builder().put("inputs[1]", Doubles.dy(call)).build();
            });
    Variable<Double> x = stride.parameter(1.0);
    Waiting.on(sum.call(Arguments.of().with("inputs", List.of(stride.variable(5.0), x))).adjoint());

    assertThat(seen).containsExactly("true false true");
    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void asking_for_a_gradient_of_an_intermediate_does_not_widen_what_is_wanted() {
    Variable<Double> x = stride.parameter(1.0);
    Variable<Double> h = Doubles.square().call(x);
    Variable<Double> y = telling.call(h, stride.variable(2.0));
    Waiting.on(
        stride.gradients(
            List.of(new dev.stride.api.Engine.Seeded<>(y, null)),
            List.of(h),
            AdjointOptions.defaults()));
    assertThat(seen).containsExactly("forward true false", "adjoint true false");
  }
}
