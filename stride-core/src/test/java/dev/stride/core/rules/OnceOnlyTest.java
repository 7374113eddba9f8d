package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E3, E6. Whatever an operator does twice, or half, is done once or not at all. */
class OnceOnlyTest {

  private final Stride stride = Engines.builder().maximumUnfinished(2).build();
  private final CountedSaved.Log log = new CountedSaved.Log();
  private final Variable<Double> x = stride.parameter("x", 3.0);

  @AfterEach
  void close() {
    stride.close();
  }

  /** A stage that tells its outcome twice, as one of a careless library may. */
  private static final class ToldTwice<T> extends CompletableFuture<T> {
    private ToldTwice(T value) {
      complete(value);
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
      action.accept(join(), null);
      action.accept(join(), null);
      return this;
    }
  }

  private final Operator<Double> twice =
      new Operator<>() {
        @Override
        public Signature signature() {
          return Doubles.unary("test.told-twice");
        }

        @Override
        public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
          double y = Doubles.x(call);
          return new ToldTwice<>(Outputs.of(y).saving(new CountedSaved(y, 8, log)));
        }

        @Override
        public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
          return new ToldTwice<>(Gradients.of(2 * Doubles.dy(call)));
        }
      };

  @Test
  void stage_that_completes_twice_counts_once() {
    Variable<Double> y = twice.call(twice.call(x));
    Waiting.on(y.value());
    assertThat(log.closed()).isZero();

    Waiting.on(y.adjoint());
    assertThat(x.grad()).isEqualTo(4.0);
    assertThat(log.made()).isEqualTo(2);
    assertThat(log.closed()).isEqualTo(2);
  }

  /** Saves state, then turns out to hold an argument that nobody can tell the shape of. */
  private final class Shapeless
      implements BlockingOperator<Double>, DifferentiableOperator<Double> {
    @Override
    public Signature signature() {
      return Signature.named("test.shapeless")
          .input("x", Double.class)
          .input("what", String.class)
          .output("y", Double.class)
          .adjointNeeds()
          .build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 8, log));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(Doubles.dy(call), null);
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void state_of_a_call_that_cannot_be_recorded_is_closed_once() {
    Throwable failure = Waiting.failureOf(new Shapeless().call(x, "text").value());
    assertThat(failure).hasMessageContainingAll("test.shapeless", "String");

    Waiting.until(() -> log.closed() == 1);
    stride.close();
    assertThat(log.closed()).isEqualTo(1);
  }

  /** Cannot say how much work it is before there is any. */
  private static final class Weightless implements BlockingOperator<Double> {
    @Override
    public Signature signature() {
      return Doubles.unary("test.weightless");
    }

    @Override
    public Weight weight() {
      throw new IllegalStateException("no scales");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(Doubles.x(call));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(Doubles.dy(call));
    }
  }

  @Test
  void call_that_throws_takes_no_room_in_the_bound_on_unfinished_calls() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> new Weightless().call(x)).hasMessageContaining("no scales");
    }
    assertThat(Waiting.on(Doubles.square().call(x).value())).isEqualTo(9.0);
  }
}
