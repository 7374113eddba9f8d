package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.Fusion;
import dev.stride.api.Operator;
import dev.stride.api.OperatorException;
import dev.stride.api.RunCancelledException;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.FusibleSum;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In {@code stride.fused(...)} calls of operators that can are put off until their value is wanted,
 * and made in one go with those that feed them. Nothing but time and the graph tells the
 * difference.
 */
class FusedCallsTest {

  private final FusibleSum sum = new FusibleSum();
  private final Stride stride = Engines.engine();
  private final Variable<Double> a = stride.parameter("a", 2.0);
  private final Variable<Double> b = stride.parameter("b", 3.0);

  @AfterEach
  void close() {
    stride.close();
  }

  private static double valueOf(Variable<Double> y) {
    return Waiting.on(y.value());
  }

  @Test
  void calls_in_a_row_are_one_call_and_one_node() {
    Variable<Double> y = stride.fused(() -> sum.call(sum.call(a, b), sum.call(b, 1.0)));

    assertThat(valueOf(y)).isEqualTo(9);
    assertThat(sum.computed()).containsExactly("test.sum+sum+sum");
    assertThat(y.graph().nodes()).hasSize(3);
    assertThat(y.graph().root().operator().name()).isEqualTo("test.sum+sum+sum");
  }

  @Test
  void gradients_are_those_of_the_calls() {
    Variable<Double> y = stride.fused(() -> sum.call(sum.call(a, b), sum.call(b, 1.0)));
    Waiting.on(y.adjoint());

    assertThat(a.grad()).isEqualTo(1);
    assertThat(b.grad()).isEqualTo(2);
  }

  @Test
  void variable_that_several_calls_take_goes_in_once() {
    stride.fused(() -> {
      Variable<Double> twice = sum.call(a, a);
      return sum.call(twice, sum.call(twice, b));
    });

    Fusion whole = sum.joined().getLast();
    assertThat(whole.inputs()).extracting("name").containsExactly("a", "b");
    assertThat(whole.steps()).hasSize(3);
  }

  @Test
  void nothing_is_computed_before_it_is_wanted() {
    Variable<Double> y =
        stride.fused(() -> {
          Variable<Double> first = sum.call(a, b);
          Variable<Double> second = sum.call(first, b);
          assertThat(sum.computed()).isEmpty();
          assertThat(second.needsGrad()).isTrue();
          assertThat(second.isLeaf()).isFalse();
          assertThat(second).hasToString(second.name() + " = pending");
          return second;
        });

    assertThat(sum.computed()).hasSize(1);
    assertThat(valueOf(y)).isEqualTo(8);
  }

  @Test
  void value_in_between_can_be_asked_for_at_any_time() {
    AtomicReference<Variable<Double>> inner = new AtomicReference<>();
    Variable<Double> y =
        stride.fused(() -> {
          inner.set(sum.call(sum.call(a, 1.0), 1.0));
          return sum.call(inner.get(), b);
        });

    assertThat(valueOf(inner.get())).isEqualTo(4);
    assertThat(valueOf(y)).isEqualTo(7);
    assertThat(sum.computed()).containsExactly("test.sum+sum+sum", "test.sum+sum");
    Waiting.on(inner.get().adjoint());
    assertThat(a.grad()).isEqualTo(1);
  }

  @Test
  void value_that_was_asked_for_is_taken_and_not_computed_again() {
    Variable<Double> y =
        stride.fused(() -> {
          Variable<Double> inner = sum.call(a, b);
          valueOf(inner);
          return sum.call(inner, 1.0);
        });

    assertThat(valueOf(y)).isEqualTo(6);
    assertThat(sum.computed()).containsExactly("test.sum", "test.sum");
  }

  @Test
  void variables_in_a_list_are_computed_when_the_code_ends() {
    List<Variable<Double>> both =
        stride.fused(() -> List.of(sum.call(a, 1.0), sum.call(sum.call(b, 1.0), 1.0)));

    assertThat(sum.computed()).containsExactly("test.sum", "test.sum+sum");
    assertThat(both).extracting(FusedCallsTest::valueOf).containsExactly(3.0, 5.0);
  }

  @Test
  void other_operators_take_values() {
    Variable<Double> y =
        stride.fused(() -> sum.call(Doubles.square().call(sum.call(sum.call(a, b), 1.0)), b));

    assertThat(valueOf(y)).isEqualTo(39);
    assertThat(sum.computed()).containsExactly("test.sum+sum", "test.sum");
    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(12);
    assertThat(b.grad()).isEqualTo(13);
  }

  @Test
  void operator_that_declines_is_called_on_values() {
    FusibleSum alone = new FusibleSum().answering(joined -> null);
    Variable<Double> y = stride.fused(() -> alone.call(alone.call(a, b), b));

    assertThat(valueOf(y)).isEqualTo(8);
    assertThat(alone.computed()).containsExactly("test.sum", "test.sum");
  }

  @Test
  void chain_of_any_length_is_cut_into_pieces() {
    Variable<Double> y =
        stride.fused(() -> {
          Variable<Double> chain = a;
          for (int i = 0; i < 10_000; i++) {
            chain = sum.call(chain, 1.0);
          }
          return chain;
        });

    assertThat(valueOf(y)).isEqualTo(10_002);
    assertThat(sum.computed()).hasSizeBetween(10_000 / 32, 10_000 / 8);
    Waiting.on(y.adjoint());
    assertThat(a.grad()).isEqualTo(1);
  }

  @Test
  void calls_of_one_form_are_joined_once() {
    Variable<Double> c = stride.variable(7.0);
    stride.fused(() -> sum.call(sum.call(a, b), 1.0));
    Variable<Double> y = stride.fused(() -> sum.call(sum.call(b, a), 2.5));
    Variable<Double> other = stride.fused(() -> sum.call(sum.call(c, c), 2.5));

    assertThat(valueOf(y)).isEqualTo(7.5);
    assertThat(valueOf(other)).isEqualTo(16.5);
    assertThat(sum.joined()).hasSize(2);
  }

  @Test
  void arguments_by_name_and_ones_left_out_are_part_of_the_form() {
    Variable<Double> y =
        stride.fused(
            () -> sum.call(Arguments.of().with("b", sum.call(a)).with("a", sum.call(b, 1.0))));

    assertThat(valueOf(y)).isEqualTo(6);
    assertThat(sum.joined().getLast().steps().get(1).arguments())
        .last()
        .isEqualTo(new Fusion.Source.LeftOut());
  }

  @Test
  void value_is_that_of_the_leaf_at_the_call() {
    Variable<Double> y =
        stride.fused(() -> {
          Variable<Double> first = sum.call(a, b);
          a.set(100.0);
          return sum.call(first, a);
        });

    assertThat(valueOf(y)).isEqualTo(105);
  }

  @Test
  void wrong_arguments_are_thrown_at_the_call() {
    try (Stride other = Engines.engine()) {
      Variable<Double> foreign = other.parameter(1.0);
      stride.fused(() -> {
        Variable<Double> good = sum.call(a, b);
        assertThatThrownBy(() -> sum.call(good, Tensor.of(1.0)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("argument `b` is a Tensor; expected a Double");
        assertThatThrownBy(() -> sum.call(good, good, good))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("3 arguments are given, but it takes at most 2");
        assertThatThrownBy(() -> sum.call(good, foreign))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("belong to two engines");
        return good;
      });
    }
  }

  @Test
  void variable_that_another_engine_put_off_is_refused() {
    try (Stride other = Engines.engine()) {
      Variable<Double> foreign = other.parameter(1.0);
      assertThatThrownBy(() ->
              other.fused(() -> {
                Variable<Double> putOff = sum.call(foreign, 1.0);
                return stride.fused(() -> sum.call(a, putOff));
              }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("belong to two engines");
    }
  }

  @Test
  void code_that_throws_throws_and_nothing_is_computed() {
    assertThatThrownBy(() ->
            stride.fused(() -> {
              sum.call(a, b);
              throw new IllegalStateException("enough");
            }))
        .hasMessage("enough");
    assertThat(sum.computed()).isEmpty();
  }

  @Test
  void calls_without_gradients_are_not_joined_with_others() {
    Variable<Double> y =
        stride.fused(() -> sum.call(stride.noGrad(() -> sum.call(sum.call(a, b), 1.0)), b));
    Waiting.on(y.adjoint());

    assertThat(valueOf(y)).isEqualTo(9);
    assertThat(sum.computed()).containsExactly("test.sum+sum", "test.sum");
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isEqualTo(1);
  }

  @Test
  void scope_belongs_to_its_thread_and_ends_with_the_code() {
    stride.fused(() ->
        CompletableFuture.runAsync(
                () -> {
                  sum.call(a, b);
                  assertThat(sum.computed()).hasSize(1);
                })
            .join());
    sum.call(a, b);

    assertThat(sum.computed()).hasSize(2);
  }

  @Test
  void failure_names_all_calls_and_the_call_site_of_the_last() {
    FusibleSum failing = new FusibleSum().answering(FusedCallsTest::failing);
    try (Stride noting = Engines.builder().captureCallSites().build()) {
      Variable<Double> x = noting.parameter(1.0);
      Variable<Double> y = noting.fused(() -> failing.call(failing.call(x, 1.0), 1.0));

      assertThat(Waiting.bare(Waiting.failureOf(y.value())))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("test.sum+sum")
          .hasMessageContaining("broken")
          .hasMessageContaining("FusedCallsTest.java");
    }
  }

  private static Operator<Double> failing(Operator<Double> joined) {
    return LambdaOperator.of(
        joined.signature(),
        call -> {
          throw new IllegalStateException("broken");
        },
        call -> {
          throw new AssertionError("never called");
        });
  }

  @Test
  void joined_operator_of_another_signature_is_refused_and_named() {
    FusibleSum wrong = new FusibleSum().answering(joined -> Doubles.square());

    assertThatThrownBy(() -> stride.fused(() -> wrong.call(wrong.call(a, b), b)))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("[Stride/WrongFusion]")
        .hasMessageContaining("the operator that fuse returned for test.sum+sum takes")
        .hasMessageContaining("Start its signature with fusion.signature().");
  }

  @Test
  void engine_that_looks_for_anomalies_puts_nothing_off() {
    try (Stride careful = Engines.builder().detectAnomalies().build()) {
      Variable<Double> x = careful.parameter(1.0);
      Variable<Double> y = careful.fused(() -> sum.call(sum.call(x, 1.0), 1.0));

      assertThat(valueOf(y)).isEqualTo(3);
      assertThat(sum.computed()).containsExactly("test.sum", "test.sum");
    }
  }

  @Test
  void calls_that_are_put_off_need_no_room_of_a_bound() {
    try (Stride bounded = Engines.builder().maximumUnfinished(1).build()) {
      Variable<Double> x = bounded.parameter(1.0);
      Variable<Double> y =
          bounded.fused(() -> sum.call(sum.call(sum.call(x, 1.0), 1.0), sum.call(x, 1.0)));

      assertThat(valueOf(y)).isEqualTo(5);
    }
  }

  @Test
  void value_that_is_asked_for_after_the_engine_was_closed_fails() {
    AtomicReference<Variable<Double>> inner = new AtomicReference<>();
    stride.fused(() -> {
      inner.set(sum.call(a, b));
      return null;
    });
    stride.close();

    assertThat(Waiting.bare(Waiting.failureOf(inner.get().value())))
        .isInstanceOf(RunCancelledException.class)
        .hasMessageContaining("the engine closed");
    assertThat(sum.computed()).isEmpty();
  }

  /** While one thread waits for the pack, another makes the call, of a form that both met first. */
  @Test
  void two_threads_that_want_one_value_make_one_call() {
    AtomicReference<@Nullable Variable<Double>> wanted = new AtomicReference<>();
    FusibleSum meddling =
        new FusibleSum()
            .answering(joined -> {
              Variable<Double> now = wanted.getAndSet(null);
              if (now != null) {
                CompletableFuture.runAsync(() -> valueOf(now)).join();
              }
              return joined;
            });
    try (Stride bounded = Engines.builder().maximumUnfinished(1).build()) {
      Variable<Double> x = bounded.parameter(2.0);
      Variable<Double> y =
          bounded
              .fused(() -> {
                Variable<Double> first = meddling.call(x, 1.0);
                Variable<Double> last = meddling.call(meddling.call(first, 1.0), 1.0);
                valueOf(first);
                return new AtomicReference<>(last);
              })
              .get();
      wanted.set(y);

      assertThat(valueOf(y)).isEqualTo(5);
      assertThat(meddling.computed()).containsExactly("test.sum", "test.sum+sum");
      assertThat(valueOf(meddling.call(x, 1.0))).as("room for the next call").isEqualTo(3);
    }
  }

  @Test
  void code_is_required() {
    assertThatNullPointerException().isThrownBy(() -> stride.fused(null)).withMessage("code");
  }

  @Test
  void copy_keeps_the_name_and_shares_the_node() {
    Variable<Double> putOff = stride.fused(() -> List.of(sum.call(sum.call(a, b), b))).getFirst();
    Variable<Double> copy = putOff.copy();

    assertThat(copy.name()).isEqualTo(putOff.name());
    Waiting.on(copy.adjoint());
    assertThat(b.grad()).isEqualTo(2);
  }
}
