package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Results;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountingValue;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E6. The adjoint run visits each node once, when all cotangents due to it have arrived. A missing
 * cotangent is an explicit zero that knows its shape and is materialised only when asked for.
 */
class E06EachNodeOnceTest {

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  private static LambdaOperator<Double> counted(AtomicInteger adjoints) {
    return LambdaOperator.of(
        Doubles.unary("test.counted"),
        call -> Outputs.of(Doubles.x(call)),
        call -> {
          adjoints.incrementAndGet();
          return Gradients.of(Doubles.dy(call));
        });
  }

  @Test
  void node_of_many_consumers_is_visited_once_with_the_sum() {
    AtomicInteger adjoints = new AtomicInteger();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> shared = counted(adjoints).call(x);
    Variable<Double> y = shared;
    for (int i = 0; i < 20; i++) {
      y = Doubles.add().call(y, Doubles.twice().call(shared));
    }
    RunStatistics statistics = Waiting.on(y.adjoint());

    assertThat(adjoints).hasValue(1);
    assertThat(x.grad()).isEqualTo(41.0);
    assertThat(statistics.nodes()).isEqualTo(statistics.visited()).isEqualTo(42);
  }

  @Test
  void node_waits_for_every_cotangent_due_to_it() {
    GatedOperator slow = GatedOperator.inAdjoint();
    AtomicInteger adjoints = new AtomicInteger();
    Variable<Double> x = stride.parameter(3.0);
    Variable<Double> shared = counted(adjoints).call(x);
    Run<RunStatistics> run =
        Doubles.add().call(slow.call(shared), Doubles.twice().call(shared)).adjoint();
    GatedOperator.Pending<?, Gradients> pending = slow.nextAdjoint();
    Waiting.until(() -> run.statistics().visited() >= 2);
    assertThat(adjoints).hasValue(0);

    pending.complete(Gradients.of(10.0));
    Waiting.on(run);
    assertThat(adjoints).hasValue(1);
    assertThat(x.grad()).isEqualTo(12.0);
  }

  @Test
  void missing_cotangent_is_a_zero_that_knows_its_shape() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<Tensor> two =
        LambdaOperator.of(
            Signature.named("test.two").input("x").output("used").output("unused").build(),
            call -> Outputs.of(call.tensor("x"), Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f)),
            call -> {
              seen.add(call.isZero("used"));
              seen.add(call.isZero("unused"));
              seen.add(call.cotangent("unused"));
              return Gradients.of(call.cotangent("used"));
            });
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    Waiting.on(two.call(x).adjoint(Tensor.of(1, 1, 1)));

    assertThat(seen)
        .containsExactly(
            false, true, Tensor.zeros(Shape.of(2, 2), dev.stride.api.DataType.FLOAT32));
    assertThat(x.grad()).isEqualTo(Tensor.of(1, 1, 1));
  }

  private static LambdaOperator<CountingValue> pair(boolean asking) {
    return LambdaOperator.of(
        Signature.named("test.pair")
            .input("x", CountingValue.class)
            .output("first", CountingValue.class)
            .output("second", CountingValue.class)
            .build(),
        call -> {
          CountingValue x = call.value("x", CountingValue.class);
          return Outputs.of(x, x);
        },
        call -> {
          if (asking) {
            assertThat(call.cotangent("first", CountingValue.class).number()).isZero();
          }
          return Gradients.of(call.cotangent("second", CountingValue.class));
        });
  }

  @Test
  void missing_cotangent_is_materialised_only_when_asked_for() {
    CountingValue value = CountingValue.of(3);
    Variable<CountingValue> x = stride.parameter(value);

    Waiting.on(secondOf(pair(false).callAll(x)).adjoint());
    assertThat(value.family().zeros()).isZero();
    assertThat(x.grad().number()).isEqualTo(1);

    Waiting.on(secondOf(pair(true).callAll(x)).adjoint());
    assertThat(value.family().zeros()).isPositive();
    assertThat(x.grad().number()).isEqualTo(2);
  }

  private static Variable<CountingValue> secondOf(Results results) {
    return results.get("second", CountingValue.class);
  }

  @Test
  void same_variable_twice_in_one_call_gets_both_gradients() {
    Variable<Double> x = stride.parameter(3.0);
    Waiting.on(Doubles.multiply().call(x, x).adjoint());
    assertThat(x.grad()).isEqualTo(6.0);
  }

  @Test
  void node_that_no_cotangent_reaches_is_not_asked_to_compute() {
    AtomicInteger adjoints = new AtomicInteger();
    Variable<Double> x = stride.parameter(3.0);
    counted(adjoints).call(x);
    Waiting.on(Doubles.square().call(x).adjoint());

    assertThat(adjoints).hasValue(0);
  }
}
