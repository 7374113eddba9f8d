package dev.stride.core.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums do not depend on the order in which their terms arrive, to the last bit. */
class OrderedSumTest {

  private static final int TERMS = 50;

  private final Spaces spaces =
      new Spaces(value -> {
        throw new AssertionError("asked for " + value);
      });

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void sum_is_bitwise_that_of_the_ranks_in_order(long seed) {
    List<Tensor> terms = terms();
    Tensor expected = terms.getFirst();
    for (Tensor term : terms.subList(1, TERMS)) {
      expected = expected.plus(term);
    }
    OrderedSum sum = expecting(TERMS);
    List<Integer> arrivals = shuffled(seed);
    arrivals.forEach(rank -> sum.add(rank, terms.get(rank), spaces));
    assertThat(sum.take(spaces)).as("arrivals %s", arrivals).isEqualTo(expected);
  }

  @Test
  void terms_that_arrive_in_order_are_not_held() {
    OrderedSum sum = expecting(TERMS);
    int held = 0;
    int most = 0;
    for (int rank = 0; rank < TERMS; rank++) {
      held += sum.add(rank, 1.0, spaces);
      most = Math.max(most, held);
    }
    assertThat(most).isEqualTo(1);
    assertThat(sum.take(spaces)).isEqualTo(50.0);
  }

  @Test
  void prefix_is_summed_as_soon_as_it_is_complete() {
    OrderedSum sum = expecting(4);
    assertThat(sum.add(2, 3.0, spaces)).as("held").isEqualTo(1);
    assertThat(sum.add(1, 2.0, spaces)).as("held too").isEqualTo(1);
    assertThat(sum.add(0, 1.0, spaces)).as("three become one").isEqualTo(-1);
    assertThat(sum.add(3, 4.0, spaces)).as("goes into the sum").isZero();
    assertThat(sum.take(spaces)).isEqualTo(10.0);
  }

  @Test
  void ranks_that_never_come_are_skipped_in_order() {
    OrderedSum sum = expecting(5);
    sum.add(4, 1e-17, spaces);
    sum.add(2, 1.0, spaces);
    sum.add(1, 1e-17, spaces);
    assertThat(sum.take(spaces)).isEqualTo(1e-17 + 1.0 + 1e-17);
  }

  @Test
  void sum_of_nothing_is_nothing() {
    assertThat(expecting(2).take(spaces)).isNull();
  }

  @Test
  void terms_are_not_changed() {
    Tensor first = Tensor.of(1, 2);
    Tensor second = Tensor.of(3, 4);
    OrderedSum sum = expecting(3);
    sum.add(0, first, spaces);
    sum.add(1, second, spaces);
    sum.add(2, second, spaces);
    assertThat(sum.take(spaces)).isEqualTo(Tensor.of(7, 10));
    assertThat(first).isEqualTo(Tensor.of(1, 2));
    assertThat(second).isEqualTo(Tensor.of(3, 4));
  }

  private static OrderedSum expecting(int terms) {
    OrderedSum sum = new OrderedSum();
    for (int i = 0; i < terms; i++) {
      sum.expect();
    }
    return sum;
  }

  private static List<Tensor> terms() {
    Random random = new Random(20);
    List<Tensor> terms = new ArrayList<>();
    for (int i = 0; i < TERMS; i++) {
      float scale = (float) Math.pow(10, random.nextInt(12) - 6);
      terms.add(Tensor.of(random.nextFloat() * scale, -random.nextFloat() * scale));
    }
    return terms;
  }

  private static List<Integer> shuffled(long seed) {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < TERMS; rank++) {
      ranks.add(rank);
    }
    Collections.shuffle(ranks, new Random(seed));
    return ranks;
  }
}
