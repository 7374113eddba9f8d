package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.RunStatistics;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.CountingValue;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E9. A cotangent is released when its last consumer is done, saved state when its adjoint is done.
 * A chain of any length keeps a constant number of cotangents alive.
 */
class E09ReleasedEarlyTest {

  private static final int BYTES = 8_000;

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  private RunStatistics runChain(int length) {
    Variable<Tensor> y = stride.parameter(Tensor.zeros(Shape.of(BYTES / 8), DataType.FLOAT64));
    for (int i = 0; i < length; i++) {
      y = Tensors.scale().call(y, 1.0);
    }
    return Waiting.on(y.adjoint(Tensor.full(Shape.of(BYTES / 8), 1, DataType.FLOAT64)));
  }

  @Test
  void peak_of_cotangents_does_not_grow_with_the_length_of_a_chain() {
    long few = runChain(10).peakBytes();
    long many = runChain(1000).peakBytes();

    assertThat(few).isBetween((long) BYTES, 3L * BYTES);
    assertThat(many).isEqualTo(few);
  }

  @Test
  void cotangents_of_a_chain_can_be_collected_while_it_runs() {
    List<WeakReference<Tensor>> passed = Collections.synchronizedList(new ArrayList<>());
    List<Long> alive = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<Tensor> watching =
        Tensors.withAdjoint(
            "test.watching",
            call -> {
              if (passed.size() % 10 == 9) {
                collectAllBut(passed, 2);
                alive.add(passed.stream().filter(r -> r.get() != null).count());
              }
              Tensor gradient = call.cotangent().times(1);
              passed.add(new WeakReference<>(gradient));
              return Gradients.of(gradient);
            });
    Variable<Tensor> y = stride.parameter(Tensor.of(1, 2, 3));
    for (int i = 0; i < 40; i++) {
      y = watching.call(y);
    }
    Waiting.on(y.adjoint(Tensor.of(1, 1, 1)));

    assertThat(alive).hasSize(4).allMatch(n -> n <= 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 200, 2_000})
  void values_that_count_themselves_are_never_more_than_two_in_a_chain_of_any_length(int length) {
    List<WeakReference<CountingValue>> made = Collections.synchronizedList(new ArrayList<>());
    List<Long> alive = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<CountingValue> counting =
        LambdaOperator.of(
            Signature.named("test.counting")
                .input("x", CountingValue.class)
                .output("y", CountingValue.class)
                .adjointNeeds()
                .build(),
            call -> Outputs.of(call.value("x", CountingValue.class)),
            call -> {
              if (made.size() % (length / 4) == length / 4 - 1) {
                collectAllBut(made, 2);
                alive.add(made.stream().filter(r -> r.get() != null).count());
              }
              CountingValue cotangent = call.cotangent("y", CountingValue.class);
              CountingValue own = new CountingValue(cotangent.number() + 1, cotangent.family());
              made.add(new WeakReference<>(own));
              return Gradients.of(own);
            });
    Variable<CountingValue> x = stride.parameter(CountingValue.of(3));
    Variable<CountingValue> y = x;
    for (int i = 0; i < length; i++) {
      y = counting.call(y);
    }
    Waiting.on(y.adjoint());

    assertThat(alive).hasSize(4).allMatch(n -> n <= 2);
    assertThat(made).hasSize(length);
    assertThat(x.grad().number()).isEqualTo(length + 1.0);
  }

  private static <T> void collectAllBut(List<WeakReference<T>> references, int kept) {
    references
        .subList(0, Math.max(0, references.size() - kept))
        .forEach(reference -> assertThat(Waiting.collected(reference)).isTrue());
  }

  @Test
  void saved_state_is_closed_as_the_run_goes_along() {
    CountedSaved.Log log = new CountedSaved.Log();
    List<Integer> open = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<Double> saving =
        LambdaOperator.of(
            Doubles.unary("test.saving"),
            call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 100, log)),
            call -> {
              open.add(log.open());
              return Gradients.of(Doubles.dy(call));
            });
    Variable<Double> y = stride.parameter(1.0);
    for (int i = 0; i < 20; i++) {
      y = saving.call(y);
    }
    RunStatistics statistics = Waiting.on(y.adjoint());

    for (int i = 0; i < 20; i++) {
      assertThat(open.get(i)).as("open at adjoint %d", i).isBetween(20 - i, 21 - i);
    }
    assertThat(statistics.savedBytes()).isEqualTo(2_000);
    assertThat(log.open()).isZero();
  }

  @Test
  void saved_state_stays_while_the_graph_is_retained() {
    CountedSaved.Log log = new CountedSaved.Log();
    BlockingOperator<Double> saving =
        LambdaOperator.of(
            Doubles.unary("test.saving"),
            call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 100, log)),
            call -> Gradients.of(Doubles.dy(call)));
    Variable<Double> y = saving.call(saving.call(stride.parameter(1.0)));
    Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));

    assertThat(log.open()).isEqualTo(2);
  }

  @Test
  void released_graph_keeps_no_argument_alive() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    WeakReference<Tensor> value = new WeakReference<>(x.get());
    Variable<Tensor> y = Tensors.sum().call(Tensors.square().call(x));
    Waiting.on(y.adjoint());
    x.set(Tensor.of(0));

    assertThat(Waiting.collected(value)).isTrue();
    assertThat(y.get().item()).isEqualTo(14);
  }
}
