package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.RandomGraph;
import dev.stride.core.fixtures.RandomSchedule;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E7. A thousand runs of one graph, on any number of threads, whose tasks start in random order,
 * give the same bits; so do a thousand items accumulated at once.
 */
class DeterminismTest {

  private static final int RUNS = 250; // For each of four numbers of threads.
  private static final int CALLS = 60;
  private static final long GRAPH = 7;

  private static List<Variable<Double>> leaves(Stride stride) {
    List<Variable<Double>> leaves = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      leaves.add(stride.parameter("leaf" + i, 0.3 + 0.1 * i));
    }
    return leaves;
  }

  private static List<Double> gradients(Stride stride, long seed) {
    List<Variable<Double>> leaves = leaves(stride);
    Waiting.on(RandomGraph.of(seed, CALLS, leaves).adjoint());
    return leaves.stream().map(Variable::grad).toList();
  }

  private static List<Double> serialGradients() {
    try (Stride stride = Engines.builder().threads(1).build()) {
      return gradients(stride, GRAPH);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void thousand_runs_in_random_schedules_give_the_same_bits(int threads) {
    List<Double> expected = serialGradients();
    try (RandomSchedule schedule = new RandomSchedule(threads, threads);
        Stride stride = Engines.builder().executor(schedule).threads(threads).build()) {
      for (int run = 0; run < RUNS; run++) {
        assertThat(gradients(stride, GRAPH)).as("run %d", run).isEqualTo(expected);
      }
    }
  }

  @Test
  void order_of_sums_shows_in_the_bits_of_these_graphs() {
    List<Double> terms = IntStream.range(0, 100).mapToObj(seed -> gradientOf(seed)).toList();
    double forwards = terms.stream().reduce(0.0, Double::sum);
    double backwards = terms.reversed().stream().reduce(0.0, Double::sum);
    assertThat(forwards).isNotEqualTo(backwards);
  }

  private static double gradientOf(long seed) {
    try (Stride stride = Engines.engine()) {
      return gradients(stride, seed).getFirst();
    }
  }

  @Test
  void thousand_graphs_accumulated_at_once_equal_the_sequential_loop_bitwise() {
    List<Integer> items = IntStream.range(0, 1_000).boxed().toList();
    List<Double> expected = sequentialLoop(items);
    try (RandomSchedule schedule = new RandomSchedule(4, 1);
        Stride stride = Engines.builder().executor(schedule).threads(4).build()) {
      List<Variable<Double>> leaves = leaves(stride);
      Waiting.on(stride.accumulate(items, 16, item -> RandomGraph.of(item, 10, leaves)));
      assertThat(leaves.stream().map(Variable::grad).toList()).isEqualTo(expected);
    }
  }

  private static List<Double> sequentialLoop(List<Integer> items) {
    try (Stride stride = Engines.builder().threads(1).build()) {
      List<Variable<Double>> leaves = leaves(stride);
      items.forEach(item -> Waiting.on(RandomGraph.of(item, 10, leaves).adjoint()));
      return leaves.stream().map(Variable::grad).toList();
    }
  }
}
