package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointCall;
import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What operators, value types and callbacks of others do wrong ends a run with an error: never with
 * a gradient that lacks a part (E11, E14), never with a run that does not end.
 */
class ThirdPartyFaultsTest {

  /** A number whose space adds only while told to. */
  private record Moody(double number) {}

  private final AtomicBoolean adds = new AtomicBoolean(true);
  private final Stride stride = Engines.builder().pack(new MoodyPack()).build();

  @AfterEach
  void close() {
    stride.close();
  }

  private final class MoodyPack implements OperatorPack {
    @Override
    public String id() {
      return "moody";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      registrar.vectorSpace(new MoodySpace());
    }
  }

  private record MoodySpec() implements VectorSpace.Spec<Moody> {
    @Override
    public Moody zero() {
      return new Moody(0);
    }

    @Override
    public Moody one() {
      return new Moody(1);
    }

    @Override
    public boolean isScalar() {
      return true;
    }

    @Override
    public long bytes() {
      return Double.BYTES;
    }
  }

  private final class MoodySpace implements VectorSpace<Moody> {
    @Override
    public Class<Moody> type() {
      return Moody.class;
    }

    @Override
    public Spec<Moody> spec(Moody value) {
      return new MoodySpec();
    }

    @Override
    public Moody add(Moody a, Moody b) {
      if (!adds.get()) {
        throw new IllegalStateException("not in the mood");
      }
      return new Moody(a.number() + b.number());
    }

    @Override
    public Moody scale(Moody value, double factor) {
      return new Moody(value.number() * factor);
    }

    @Override
    public double inner(Moody a, Moody b) {
      return a.number() * b.number();
    }

    @Override
    public Moody copy(Moody value) {
      return value;
    }

    @Override
    public long bytes(Moody value) {
      return Double.BYTES;
    }

    @Override
    public Range range(Moody value) {
      return new Range(value.number(), value.number(), 0, 0);
    }
  }

  /** {@code y = a + b} of moody numbers, from a double and a moody one. */
  private static LambdaOperator<Double> mixed() {
    return LambdaOperator.of(
        Signature.named("test.mixed")
            .input("a", Double.class)
            .input("b", Moody.class)
            .output("y", Double.class)
            .build(),
        call -> Outputs.of(call.number("a") + call.value("b", Moody.class).number()),
        call -> Gradients.of(Doubles.dy(call), new Moody(Doubles.dy(call))));
  }

  @Test
  void space_that_cannot_add_two_cotangents_fails_the_run() {
    Variable<Double> a = stride.parameter("a", 1.0);
    Variable<Moody> b = stride.parameter("b", new Moody(2));
    Variable<Double> y = mixed().call(mixed().call(a, b), b);
    adds.set(false);

    assertThat(Waiting.failureOf(y::adjoint)).hasStackTraceContaining("not in the mood");
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();
  }

  @Test
  void space_that_cannot_add_to_the_gradient_of_one_leaf_leaves_all_leaves_alone() {
    Variable<Double> a = stride.parameter("a", 1.0);
    Variable<Moody> b = stride.parameter("b", new Moody(2));
    Variable<Double> c = stride.parameter("c", 1.0);
    Waiting.on(Doubles.add().call(mixed().call(a, b), c).adjoint());
    adds.set(false);

    assertThat(Waiting.failureOf(() -> Doubles.add().call(mixed().call(a, b), c).adjoint()))
        .hasStackTraceContaining("not in the mood");
    assertThat(a.grad()).isEqualTo(1.0);
    assertThat(b.grad()).isEqualTo(new Moody(1));
    assertThat(c.grad()).isEqualTo(1.0);
  }

  @Test
  void space_that_cannot_add_fails_accumulate_as_a_whole() {
    Variable<Double> a = stride.parameter("a", 1.0);
    Variable<Moody> b = stride.parameter("b", new Moody(2));
    adds.set(false);

    assertThat(
            Waiting.failureOf(
                () -> stride.accumulate(List.of(1, 2, 3), 2, item -> mixed().call(a, b))))
        .hasStackTraceContaining("not in the mood");
    assertThat(a.grad()).isNull();
    assertThat(b.grad()).isNull();
  }

  /** An operator that cannot tell its weight when its adjoint is to run. */
  private static final class Undecided implements BlockingOperator<Double> {
    @Override
    public Signature signature() {
      return Doubles.unary("test.undecided");
    }

    @Override
    public Weight weight(OperatorCall call) {
      if (call instanceof AdjointCall) {
        throw new IllegalStateException("cannot decide");
      }
      return Weight.CHEAP;
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
  void weight_that_throws_in_adjoint_fails_the_run() {
    Variable<Double> x = stride.parameter(1.0);
    Variable<Double> y = Doubles.twice().call(new Undecided().call(x));
    Throwable failure = Waiting.failureOf(() -> y.adjoint());

    assertThat(failure).hasStackTraceContaining("cannot decide");
    assertThat(x.grad()).isNull();
  }

  @Test
  void weight_that_throws_in_the_adjoint_of_the_root_fails_the_run() {
    Variable<Double> y = new Undecided().call(stride.parameter(1.0));
    assertThat(Waiting.failureOf(() -> y.adjoint())).hasStackTraceContaining("cannot decide");
  }

  @Test
  void callback_that_throws_harms_neither_value_nor_run() {
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = Doubles.square().call(x);
    y.value()
        .thenAccept(v -> {
          throw new IllegalStateException("callback");
        });
    var run = y.adjoint();
    run.stage()
        .thenAccept(v -> {
          throw new IllegalStateException("callback");
        });
    Waiting.on(run);
    assertThat(Waiting.on(Doubles.twice().call(y).value())).isEqualTo(18.0);
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void loss_of_accumulate_that_is_null_or_constant_or_no_scalar_is_an_error() {
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> constant = stride.variable(3.0);

    Waiting.failureOf(() -> stride.<Integer, Double>accumulate(List.of(1), 1, item -> null));
    assertThat(Waiting.failureOf(() -> stride.accumulate(List.of(1), 1, item -> constant)))
        .hasStackTraceContaining(constant.name());
    assertThat(x.grad()).isNull();
    Waiting.on(stride.accumulate(List.of(1), 1, item -> Doubles.square().call(x)));
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void operator_that_completes_its_stage_with_nothing_fails() {
    dev.stride.api.Operator<Double> empty =
        new dev.stride.api.Operator<>() {
          @Override
          public Signature signature() {
            return Doubles.unary("test.empty");
          }

          @Override
          public java.util.concurrent.CompletionStage<Outputs> forward(
              ForwardCall call, java.util.concurrent.Executor executor) {
            return java.util.concurrent.CompletableFuture.completedFuture(
                Outputs.of(call.value("x", Double.class)));
          }

          @Override
          public java.util.concurrent.CompletionStage<Gradients> adjoint(
              AdjointCall call, java.util.concurrent.Executor executor) {
            return java.util.concurrent.CompletableFuture.completedFuture(null);
          }
        };
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> y = empty.call(x);

    assertThat(Waiting.failureOf(() -> y.adjoint(AdjointOptions.defaults().retaining())))
        .hasMessageContaining("test.empty");
    assertThat(x.grad()).isNull();
  }

  @Test
  void operator_that_completes_its_stage_long_after_it_was_abandoned_changes_nothing() {
    java.util.concurrent.CompletableFuture<Gradients> late =
        new java.util.concurrent.CompletableFuture<>();
    java.util.concurrent.CountDownLatch started = new java.util.concurrent.CountDownLatch(1);
    dev.stride.api.Operator<Double> slow =
        new dev.stride.api.Operator<>() {
          @Override
          public Signature signature() {
            return Doubles.unary("test.slow");
          }

          @Override
          public java.util.concurrent.CompletionStage<Outputs> forward(
              ForwardCall call, java.util.concurrent.Executor executor) {
            return java.util.concurrent.CompletableFuture.completedFuture(
                Outputs.of(call.value("x", Double.class)));
          }

          @Override
          public java.util.concurrent.CompletionStage<Gradients> adjoint(
              AdjointCall call, java.util.concurrent.Executor executor) {
            started.countDown();
            return late;
          }
        };
    Stride hurried = Engines.builder().closeTimeout(java.time.Duration.ofMillis(20)).build();
    Variable<Double> x = hurried.parameter(3.0);
    var run = slow.call(x).adjoint();
    Waiting.on(started);
    hurried.close();
    Waiting.failureOf(run.stage());
    late.complete(Gradients.of(1.0));

    assertThat(x.grad()).isNull();
  }
}
