package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E7. Independent branches run in parallel on the engine's executor. Gradients are <b>bitwise the
 * same</b> for every thread count and every schedule: one slot per edge, summed in a fixed order.
 */
class E07SameBitsTest {

  private static final int BRANCHES = 60;
  private static final Shape SHAPE = Shape.of(7);

  /** A float32 fan-out whose sum depends on the order of its terms, in values and in gradients. */
  private static final class FanOut {
    private final Variable<Tensor> x;
    private final Variable<Tensor> loss;

    private FanOut(Stride stride) {
      x = stride.parameter("x", Tensor.random(SHAPE, DataType.FLOAT32, 1));
      Operator<Tensor> multiply = Tensors.multiply();
      Operator<Tensor> add = Tensors.add();
      List<Variable<Tensor>> parts = new ArrayList<>();
      Variable<Tensor> shared = Tensors.square().call(x);
      for (int i = 0; i < BRANCHES; i++) {
        Tensor factor =
            Tensor.random(SHAPE, DataType.FLOAT32, 100 + i).times(Math.pow(10, i % 9 - 4));
        parts.add(multiply.call(i % 2 == 0 ? x : shared, factor));
      }
      Variable<Tensor> sum = parts.getFirst();
      for (Variable<Tensor> part : parts.subList(1, parts.size())) {
        sum = add.call(sum, part);
      }
      loss = Tensors.sum().call(sum);
    }
  }

  private static Tensor sequentialGradient() {
    ManualExecutor executor = new ManualExecutor();
    try (Stride stride = Engines.manual(executor)) {
      return shuffled(stride, executor, -1);
    }
  }

  private static Tensor shuffled(Stride stride, ManualExecutor executor, long seed) {
    FanOut graph = new FanOut(stride);
    drain(executor, seed);
    var run = graph.loss.adjoint();
    drain(executor, seed);
    executor.runUntil(run::isDone);
    Waiting.on(run);
    return graph.x.grad();
  }

  private static void drain(ManualExecutor executor, long seed) {
    if (seed < 0) {
      executor.runAll();
    } else {
      executor.runAllShuffled(seed);
    }
  }

  @Test
  void order_of_the_terms_matters_in_this_graph() {
    List<Tensor> terms =
        IntStream.range(0, BRANCHES)
            .mapToObj(
                i -> Tensor.random(SHAPE, DataType.FLOAT32, 100 + i).times(Math.pow(10, i % 9 - 4)))
            .toList();
    Tensor forwards = terms.stream().reduce(Tensor::plus).orElseThrow();
    Tensor backwards = terms.reversed().stream().reduce(Tensor::plus).orElseThrow();

    assertThat(forwards).isNotEqualTo(backwards);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void gradients_are_bitwise_the_same_for_every_number_of_threads(int threads) {
    Tensor expected = sequentialGradient();
    try (Stride stride = Engines.builder().threads(threads).build()) {
      for (int repeat = 0; repeat < 20; repeat++) {
        FanOut graph = new FanOut(stride);
        Waiting.on(graph.loss.adjoint());
        assertThat(graph.x.grad()).isEqualTo(expected);
      }
    }
  }

  @Test
  void gradients_are_bitwise_the_same_for_every_schedule() {
    Tensor expected = sequentialGradient();
    for (long seed = 0; seed < 50; seed++) {
      ManualExecutor executor = new ManualExecutor();
      try (Stride stride = Engines.manual(executor)) {
        assertThat(shuffled(stride, executor, seed)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void independent_branches_of_an_adjoint_run_at_the_same_time() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    LambdaOperator<Double> meetingInAdjoint =
        Doubles.function(
            "test.meeting",
            v -> v,
            v -> {
              Waiting.on(meeting);
              return 1;
            });
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> x = stride.parameter(1.0);
      Waiting.on(Doubles.add().call(meetingInAdjoint.call(x), meetingInAdjoint.call(x)).adjoint());
      assertThat(x.grad()).isEqualTo(2.0);
    }
  }

  @Test
  void independent_calls_run_at_the_same_time() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    LambdaOperator<Double> meetingInForward =
        Doubles.function(
            "test.meeting",
            v -> {
              Waiting.on(meeting);
              return v;
            },
            v -> 1);
    try (Stride stride = Engines.builder().threads(2).build()) {
      Variable<Double> x = stride.parameter(1.0);
      Variable<Double> a = meetingInForward.call(x);
      Variable<Double> b = meetingInForward.call(x);
      assertThat(Waiting.on(Doubles.add().call(a, b).value())).isEqualTo(2.0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void accumulate_equals_the_sequential_loop_bitwise(int parallelism) {
    List<Integer> items = IntStream.range(0, 24).boxed().toList();
    try (Stride stride = Engines.builder().threads(4).build()) {
      Variable<Tensor> looped = stride.parameter(Tensor.random(SHAPE, DataType.FLOAT32, 5));
      for (int item : items) {
        Waiting.on(itemLoss(looped, item).adjoint());
      }
      Variable<Tensor> together = looped.asParameter();
      Waiting.on(stride.accumulate(items, parallelism, item -> itemLoss(together, item)));

      assertThat(together.grad()).isEqualTo(looped.grad());
    }
  }

  private static Variable<Tensor> itemLoss(Variable<Tensor> x, int item) {
    Tensor factor =
        Tensor.random(SHAPE, DataType.FLOAT32, 200 + item).times(Math.pow(10, item % 9 - 4));
    return Tensors.sum().call(Tensors.multiply().call(Tensors.square().call(x), factor));
  }
}
