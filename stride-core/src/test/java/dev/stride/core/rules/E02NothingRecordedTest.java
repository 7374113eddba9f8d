package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Engine;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E2. A call whose variable inputs all have {@code needsGrad == false}, or that is made in a {@code
 * stride.noGrad(...)} scope, records nothing and keeps nothing. The scope is captured at the call,
 * never a flag flipped on variables; completions run with the scope cleared, so that it does not
 * leak into unrelated work. Asynchronous and Kotlin code uses the view {@code
 * stride.withoutGradients()}.
 */
class E02NothingRecordedTest {

  private final Stride stride = Engines.engine();
  private final List<Boolean> recorded = Collections.synchronizedList(new ArrayList<>());
  private final CountedSaved.Log log = new CountedSaved.Log();
  private final LambdaOperator<Double> saving =
      LambdaOperator.of(
          Doubles.unary("test.saving"),
          call -> {
            recorded.add(call.records());
            return Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 8, log));
          },
          call -> Gradients.of(Doubles.dy(call)));

  @AfterEach
  void close() {
    stride.close();
  }

  private void assertNothingRecorded(Variable<Double> y) {
    Waiting.on(y.value());
    assertThat(y.needsGrad()).isFalse();
    assertThat(y.isLeaf()).isFalse();
    assertThat(y.graph().nodes()).isEmpty();
    assertThat(recorded).containsExactly(false);
    Waiting.until(() -> log.closed() == 1);
    assertThat(log.made()).isEqualTo(1);
  }

  @Test
  void call_on_variables_that_need_no_gradient_records_nothing() {
    assertNothingRecorded(saving.call(stride.variable(2.0)));
  }

  @Test
  void call_on_a_parameter_records() {
    Variable<Double> y = saving.call(stride.parameter(2.0));
    Waiting.on(y.value());

    assertThat(y.needsGrad()).isTrue();
    assertThat(recorded).containsExactly(true);
    assertThat(log.closed()).isZero();
    assertThat(y.graph().nodes()).hasSize(2);
  }

  @Test
  void call_in_a_scope_records_nothing() {
    Variable<Double> x = stride.parameter(2.0);
    assertNothingRecorded(stride.noGrad(() -> saving.call(x)));
    assertThat(x.needsGrad()).isTrue();
  }

  @Test
  void scope_ends_with_its_code_also_when_that_throws() {
    Variable<Double> x = stride.parameter(2.0);
    assertThatThrownBy(() ->
            stride.noGrad(() -> {
              throw new IllegalStateException("boom");
            }))
        .hasMessage("boom");
    assertThat(Doubles.square().call(x).needsGrad()).isTrue();
  }

  @Test
  void scopes_nest() {
    Variable<Double> x = stride.parameter(2.0);
    stride.noGrad(() -> {
      stride.noGrad(() -> Doubles.square().call(x));
      assertThat(Doubles.square().call(x).needsGrad()).isFalse();
      return null;
    });
    assertThat(Doubles.square().call(x).needsGrad()).isTrue();
  }

  @Test
  void scope_is_captured_at_the_call_not_at_completion() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> pending = gate.call(stride.parameter(2.0));
    Variable<Double> inside = stride.noGrad(() -> saving.call(pending));
    Variable<Double> outside = Doubles.square().call(pending);
    gate.passForward();

    assertNothingRecorded(inside);
    assertThat(outside.needsGrad()).isTrue();
  }

  @Test
  void scope_belongs_to_its_thread() throws InterruptedException {
    Variable<Double> x = stride.parameter(2.0);
    CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
    stride.noGrad(() -> {
      Thread.ofPlatform().start(() -> elsewhere.complete(saving.call(x).needsGrad()));
      return Waiting.on(elsewhere);
    });
    assertThat(elsewhere.join()).isTrue();
  }

  @Test
  void scope_does_not_leak_into_completions() {
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> x = stride.parameter(2.0);
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    gate.call(x).value().thenAccept(v -> later.complete(saving.call(x).needsGrad()));
    stride.noGrad(() -> {
      gate.passForward();
      return Waiting.on(later);
    });
    assertThat(later.join()).isTrue();
  }

  @Test
  void scope_does_not_leak_into_work_that_a_cheap_operator_completes_inline() {
    Variable<Double> x = stride.parameter(2.0);
    GatedOperator gate = GatedOperator.inForward();
    Variable<Double> cheap = Doubles.identity().call(gate.call(x));
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    cheap.value().thenAccept(v -> later.complete(saving.call(x).needsGrad()));
    stride.noGrad(() -> {
      gate.passForward();
      return Waiting.on(later);
    });
    assertThat(later.join()).isTrue();
  }

  @Test
  void view_records_nothing() {
    Variable<Double> x = stride.parameter(2.0);
    assertNothingRecorded(stride.withoutGradients().bind(saving).call(x));
  }

  @Test
  void view_records_nothing_through_operators_looked_up_in_it() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
    Engine view = stride.withoutGradients();
    assertThat(view.operator("multiply").call(x, x).needsGrad()).isFalse();
    assertThat(stride.operator("multiply").call(x, x).needsGrad()).isTrue();
  }

  @Test
  void view_works_on_any_thread_and_mixes_with_its_engine() {
    Variable<Double> ofView = stride.withoutGradients().parameter(3.0);
    Variable<Double> x = stride.parameter(2.0);
    Variable<Double> y = Doubles.multiply().call(x, ofView);
    Waiting.on(y.adjoint());

    assertThat(x.grad()).isEqualTo(3.0);
    assertThat(ofView.grad()).isEqualTo(2.0);
  }

  @Test
  void adjoint_of_a_variable_that_recorded_nothing_says_so() {
    Variable<Double> y = stride.noGrad(() -> Doubles.square().call(stride.parameter(2.0)));
    assertThat(Waiting.failureOf(y::adjoint)).hasMessageContaining(y.name());
  }

  @Test
  void call_that_records_nothing_keeps_neither_arguments_nor_saved_state() {
    Variable<Tensor> leaf = stride.variable(Tensor.of(1, 2, 3));
    WeakReference<Tensor> value = new WeakReference<>(Waiting.on(leaf.value()));
    Variable<Tensor> y = Tensors.square().call(leaf);
    Waiting.on(y.value());
    leaf.set(Tensor.of(4, 5, 6));

    assertThat(Waiting.collected(value)).isTrue();
    assertThat(y.get()).isEqualTo(Tensor.of(1, 4, 9));
  }
}
