package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.TensorStorage;
import dev.stride.api.spi.VectorSpace.Accumulator;
import dev.stride.api.spi.VectorSpace.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors that repeat their elements are, but for time and memory, like those that do not. */
class RepeatedTensorTest {

  /** 16 GiB if it were written out: whoever does so runs out of memory. */
  private static final Shape HUGE = Shape.of(1 << 15, (1 << 16) - 1);

  static Stream<Arguments> repetitions() {
    return Stream.of(
            Arguments.of(Shape.SCALAR, Shape.of(7)),
            Arguments.of(Shape.SCALAR, Shape.of(2, 3, 4)),
            Arguments.of(Shape.of(1), Shape.of(5, 1)),
            Arguments.of(Shape.of(4), Shape.of(3, 4)),
            Arguments.of(Shape.of(3, 1), Shape.of(3, 4)),
            Arguments.of(Shape.of(1, 4), Shape.of(5, 3, 4)),
            Arguments.of(Shape.of(2, 1, 3), Shape.of(2, 5, 3)),
            Arguments.of(Shape.of(1, 5, 1), Shape.of(2, 5, 3)),
            Arguments.of(Shape.of(2, 1, 3, 1), Shape.of(2, 5, 3, 7)),
            Arguments.of(Shape.of(2, 3, 1, 1), Shape.of(6, 2, 3, 2, 2)))
        .flatMap(pair ->
            Stream.of(DataType.values())
                .map(type -> Arguments.of(pair.get()[0], pair.get()[1], type)));
  }

  private static Tensor few(Shape shape, DataType type) {
    return Tensor.random(shape, type, 5);
  }

  /** The same with a loop of its own. */
  private static Tensor written(Tensor few, Shape shape) {
    double[] all = new double[shape.size()];
    for (int i = 0; i < all.length; i++) {
      int[] position = new int[few.shape().rank()];
      int rest = i;
      for (int axis = 1; axis <= shape.rank(); axis++) {
        if (axis <= position.length) {
          int index = rest % shape.extent(-axis);
          position[position.length - axis] = few.shape().extent(-axis) == 1 ? 0 : index;
        }
        rest /= shape.extent(-axis);
      }
      all[i] = few.get(position);
    }
    return Tensor.of(shape, all).cast(few.dataType());
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void reads_as_one_that_is_written_out(Shape from, Shape to, DataType type) {
    Tensor few = few(from, type);
    Tensor all = written(few, to);

    assertThat(few.broadcastTo(to).toDoubleArray()).isEqualTo(all.toDoubleArray());
    assertThat(few.broadcastTo(to).toFloatArray()).isEqualTo(all.toFloatArray());
    assertThat(few.broadcastTo(to)).isEqualTo(all).hasSameHashCodeAs(all).hasToString("" + all);
    Tensor repeated = few.broadcastTo(to);
    assertThat(IntStream.range(0, to.size()).mapToDouble(repeated::at).toArray())
        .isEqualTo(all.toDoubleArray());
    assertThat(repeated.unrepeated()).isSameAs(few);
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void arithmetic_gives_the_same_bits(Shape from, Shape to, DataType type) {
    Tensor repeated = few(from, type).broadcastTo(to);
    Tensor all = written(few(from, type), to);
    Tensor other = Tensor.random(to, type, 6);

    assertThat(repeated.plus(other)).isEqualTo(all.plus(other));
    assertThat(other.plus(repeated)).isEqualTo(other.plus(all));
    assertThat(repeated.plus(repeated)).isEqualTo(all.plus(all));
    assertThat(repeated.plus(few(Shape.SCALAR, type).broadcastTo(to)))
        .isEqualTo(all.plus(written(few(Shape.SCALAR, type), to)));
    assertThat(repeated.minus(other)).isEqualTo(all.minus(other));
    assertThat(repeated.times(3).minus(1).plus(2).div(7).unaryMinus())
        .isEqualTo(all.times(3).minus(1).plus(2).div(7).unaryMinus());
    assertThat(repeated.map(Math::exp)).isEqualTo(all.map(Math::exp));
    assertThat(repeated.cast(DataType.FLOAT32)).isEqualTo(all.cast(DataType.FLOAT32));
    assertThat(repeated.cast(DataType.FLOAT64)).isEqualTo(all.cast(DataType.FLOAT64));
    assertThat(repeated.sum()).isEqualTo(all.sum());
    assertThat(repeated.dot(other)).isEqualTo(all.dot(other));
    assertThat(repeated.min()).isEqualTo(all.min());
    assertThat(repeated.max()).isEqualTo(all.max());
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void accumulators_sum_as_if_all_were_written(Shape from, Shape to, DataType type) {
    Tensor repeated = few(from, type).broadcastTo(to);
    Tensor all = written(few(from, type), to);
    Tensor other = Tensor.random(to, type, 6);

    assertThat(sum(repeated, repeated, other, repeated, other))
        .isEqualTo(sum(all, all, other, all, other));
    assertThat(sum(other, repeated, repeated)).isEqualTo(sum(other, all, all));
    assertThat(repeated.storage().toHeap()).as("a term").isEqualTo(repeated.storage());
    assertThat(repeated).as("a term").isEqualTo(all);
  }

  private static Tensor sum(Tensor... terms) {
    Accumulator<Tensor> sum = TensorSpace.HEAP.accumulator(TensorSpace.HEAP.spec(terms[0]));
    List.of(terms).forEach(sum::add);
    return Objects.requireNonNull(sum.sum());
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void can_be_reshaped(Shape from, Shape to, DataType type) {
    Tensor all = written(few(from, type), to);
    List<Shape> others =
        List.of(Shape.of(to.size()), Shape.of(1, to.size(), 1), Shape.of(to.size() / 2, 2));

    for (Shape other : others) {
      if (other.size() == to.size()) {
        Tensor reshaped = few(from, type).broadcastTo(to).reshape(other);
        assertThat(reshaped).isEqualTo(all.reshape(other));
        assertThat(reshaped.unrepeated().broadcastTo(other)).isEqualTo(all.reshape(other));
        assertThat(reshaped.reshape(to)).isEqualTo(all);
      }
    }
  }

  @Test
  void storage_is_one_that_everybody_knows_and_always_the_same() {
    Tensor repeated = Tensor.of(1, 2).broadcastTo(Shape.of(2, 2));

    assertThat(((Floats) repeated.storage()).array()).containsExactly(1, 2, 1, 2);
    assertThat(repeated.storage()).isSameAs(repeated.storage());
    assertThat(repeated.storage().toHeap()).isSameAs(repeated.storage());
    assertThat(repeated.reshape(Shape.of(4)).storage()).isSameAs(repeated.storage());
    assertThat(Tensor.of(1.0).broadcastTo(Shape.of(2)).storage()).isInstanceOf(Doubles.class);
    assertThat(repeated.toHeap()).isSameAs(repeated);
  }

  @Test
  void threads_that_ask_at_once_get_one_array() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 100; round++) {
        Tensor repeated = Tensor.of(round).broadcastTo(Shape.of(3, 5));
        Callable<TensorStorage> ask =
            () -> {
              start.await();
              return repeated.storage();
            };
        List<Future<TensorStorage>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          all.add(pool.submit(ask));
        }
        for (Future<TensorStorage> one : all) {
          assertThat(one.get()).isSameAs(all.getFirst().get());
        }
        assertThat(repeated.at(14)).isEqualTo(round);
      }
    }
  }

  @Test
  void copies_are_arrays_of_the_callers_own() {
    Tensor repeated = Tensor.of(1, 2).broadcastTo(Shape.of(2, 2));
    repeated.toFloatArray()[0] = 9;
    repeated.toDoubleArray()[0] = 9;

    assertThat(repeated.at(0)).isEqualTo(1);
    assertThat(TensorSpace.HEAP.copy(repeated).storage()).isNotSameAs(repeated.storage());
  }

  @Test
  void nothing_is_written_out_for_what_few_elements_tell() {
    Tensor rows = Tensor.random(Shape.of(1 << 15, 1), DataType.FLOAT64, 1).broadcastTo(HUGE);
    Tensor one = Tensor.scalar(2.0).broadcastTo(HUGE);

    assertThat(one.plus(one).times(2).at(HUGE.size() - 1)).isEqualTo(8);
    assertThat(sum(one, one, one).get(3, 4)).isEqualTo(6);
    assertThat(rows.reshape(Shape.of(1 << 10, 1 << 5, (1 << 16) - 1)).max()).isEqualTo(rows.max());
    assertThat(one.reshape(Shape.of(HUGE.size())).cast(DataType.FLOAT32).min()).isEqualTo(2);
    assertThat(rows.broadcastTo(HUGE).unrepeated()).isSameAs(rows.unrepeated());
    assertThat(rows).hasToString(rows.toString());
    assertThat(TensorSpace.HEAP.spec(one)).hasToString("Tensor" + HUGE + " float64");
    assertThat(TensorSpace.HEAP.bytes(one)).isEqualTo(8L * HUGE.size());
    assertThat(TensorSpace.HEAP.range(Tensor.scalar(Double.NaN).broadcastTo(HUGE)))
        .isEqualTo(new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, HUGE.size(), 0));
  }

  @Test
  void what_repeats_nothing_is_a_plain_tensor() {
    Tensor x = Tensor.of(1, 2, 3);

    assertThat(x.unrepeated()).isSameAs(x);
    assertThat(x.broadcastTo(Shape.of(1, 3)).storage()).isSameAs(x.storage());
    assertThat(x.broadcastTo(Shape.of(0, 3))).isEqualTo(Tensor.zeros(Shape.of(0, 3), x.dataType()));
    assertThat(Tensor.zeros(Shape.of(0, 1), x.dataType()).broadcastTo(Shape.of(0, 7)).size())
        .isZero();
  }

  @Test
  void shapes_that_do_not_fit_are_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1, 2, 3).broadcastTo(Shape.of(3, 2)))
        .withMessageContaining("shape [3] cannot be repeated to shape [3, 2]")
        .withMessageContaining("Reshape it first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(Shape.of(1, 1), 1).broadcastTo(Shape.of(3)))
        .withMessageContaining("shape [1, 1] cannot be repeated to shape [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1).broadcastTo(Shape.of(4)).reshape(Shape.of(5)));
  }
}
