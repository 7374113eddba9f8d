package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.TensorStorage;
import org.junit.jupiter.api.Test;

class TensorTest {

  private static final Shape TWO_BY_THREE = Shape.of(2, 3);

  @Test
  void of_integers_and_floats_is_float32_of_doubles_is_float64() {
    assertThat(Tensor.of(1, 2).dataType()).isEqualTo(DataType.FLOAT32);
    assertThat(Tensor.of(1f, 2f).dataType()).isEqualTo(DataType.FLOAT32);
    assertThat(Tensor.of(1.0, 2.0).dataType()).isEqualTo(DataType.FLOAT64);
    assertThat(Tensor.of(1, 2, 3).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void of_copies_what_it_is_given() {
    double[] values = {1, 2};
    float[] floats = {1, 2};
    Tensor tensor = Tensor.of(values);
    Tensor single = Tensor.of(Shape.of(2), floats);
    values[0] = 9;
    floats[0] = 9;

    assertThat(tensor.at(0)).isEqualTo(1);
    assertThat(single.at(0)).isEqualTo(1);
  }

  @Test
  void to_array_gives_a_copy() {
    Tensor tensor = Tensor.of(1.0, 2.0);
    tensor.toDoubleArray()[0] = 9;
    tensor.toFloatArray()[0] = 9;
    assertThat(tensor.at(0)).isEqualTo(1);
    assertThat(Tensor.of(1, 2).toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void of_rejects_too_few_elements_and_says_both_numbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(TWO_BY_THREE, 1f, 2f))
        .withMessageContaining("[2, 3] has 6 elements but 2 were given");
  }

  @Test
  void get_reads_row_major_with_the_last_axis_fastest() {
    Tensor tensor = Tensor.of(TWO_BY_THREE, 0.0, 1, 2, 3, 4, 5);
    assertThat(tensor.get(1, 0)).isEqualTo(3);
    assertThat(tensor.get(0, 2)).isEqualTo(2);
    assertThat(tensor.at(5)).isEqualTo(5);
  }

  @Test
  void get_rejects_wrong_rank_and_index() {
    Tensor tensor = Tensor.zeros(TWO_BY_THREE, DataType.FLOAT32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tensor.get(1))
        .withMessageContaining("[2, 3]");
    assertThatThrownBy(() -> tensor.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.get(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.at(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void item_is_the_only_element_and_otherwise_an_error() {
    assertThat(Tensor.scalar(3.5).item()).isEqualTo(3.5);
    assertThat(Tensor.scalar(3.5).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Tensor.scalar(0.1f).dataType()).isEqualTo(DataType.FLOAT32);
    assertThat(Tensor.scalar(0.1, DataType.FLOAT32).item()).isEqualTo((double) 0.1f);
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.of(1, 2).item())
        .withMessageContaining("[2]");
  }

  @Test
  void zeros_full_and_random_have_shape_and_type() {
    assertThat(Tensor.zeros(TWO_BY_THREE, DataType.FLOAT64).sum()).isZero();
    assertThat(Tensor.full(TWO_BY_THREE, 2, DataType.FLOAT32).sum()).isEqualTo(12);
    assertThat(Tensor.random(4, 5).shape()).isEqualTo(Shape.of(4, 5));
    assertThat(Tensor.random(TWO_BY_THREE, DataType.FLOAT32, 7).dataType())
        .isEqualTo(DataType.FLOAT32);
  }

  @Test
  void random_is_the_same_for_one_seed_and_standard_normal() {
    Shape shape = Shape.of(10_000);
    Tensor first = Tensor.random(shape, DataType.FLOAT64, 1);

    assertThat(Tensor.random(shape, DataType.FLOAT64, 1)).isEqualTo(first);
    assertThat(Tensor.random(shape, DataType.FLOAT64, 2)).isNotEqualTo(first);
    assertThat(first.sum() / 10_000).isCloseTo(0, within(0.05));
    assertThat(first.norm() / 100).isCloseTo(1, within(0.05));
  }

  @Test
  void cast_rounds_to_float32_and_shares_where_nothing_changes() {
    Tensor wide = Tensor.of(0.1, 1e300);
    Tensor narrow = wide.cast(DataType.FLOAT32);

    assertThat(narrow.at(0)).isEqualTo((double) 0.1f);
    assertThat(narrow.at(1)).isInfinite();
    assertThat(wide.cast(DataType.FLOAT64)).isSameAs(wide);
    assertThat(narrow.cast(DataType.FLOAT64).dataType()).isEqualTo(DataType.FLOAT64);
  }

  @Test
  void reshape_shares_elements_and_rejects_another_number_of_them() {
    Tensor tensor = Tensor.of(1, 2, 3, 4, 5, 6);
    assertThat(tensor.reshape(TWO_BY_THREE).storage()).isSameAs(tensor.storage());
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.reshape(Shape.of(4)));
  }

  @Test
  void arithmetic_is_element_by_element() {
    Tensor a = Tensor.of(1.0, 2.0, 4.0);
    Tensor b = Tensor.of(2.0, 4.0, 8.0);

    assertThat(a.plus(b)).isEqualTo(Tensor.of(3.0, 6.0, 12.0));
    assertThat(a.minus(b)).isEqualTo(Tensor.of(-1.0, -2.0, -4.0));
    assertThat(a.times(b)).isEqualTo(Tensor.of(2.0, 8.0, 32.0));
    assertThat(a.div(b)).isEqualTo(Tensor.of(0.5, 0.5, 0.5));
    assertThat(a.plus(1)).isEqualTo(Tensor.of(2.0, 3.0, 5.0));
    assertThat(a.minus(1)).isEqualTo(Tensor.of(0.0, 1.0, 3.0));
    assertThat(a.times(2)).isEqualTo(b);
    assertThat(b.div(2)).isEqualTo(a);
    assertThat(a.unaryMinus()).isEqualTo(Tensor.of(-1.0, -2.0, -4.0));
    assertThat(a.zip(b, Math::max)).isEqualTo(b);
    assertThat(a.map(Math::sqrt).at(2)).isEqualTo(2);
    assertThat(a).isEqualTo(Tensor.of(1.0, 2.0, 4.0));
  }

  @Test
  void arithmetic_keeps_the_type_of_its_operands() {
    Tensor a = Tensor.of(1f, 2f);
    assertThat(a.plus(a).dataType()).isEqualTo(DataType.FLOAT32);
    assertThat(a.zip(a, (x, y) -> x / 3).at(0)).isEqualTo((double) (1f / 3f));
    assertThat(a.times(0.1).at(0)).isEqualTo((double) 0.1f);
  }

  @Test
  void arithmetic_rejects_unequal_shapes_and_types_and_says_both() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1, 2).plus(Tensor.of(1, 2, 3)))
        .withMessageContaining("[2] float32 and [3] float32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(1, 2).times(Tensor.of(1.0, 2.0)))
        .withMessageContaining("float64");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(1).dot(Tensor.of(1, 2)));
  }

  @Test
  void sum_does_not_lose_small_terms() {
    assertThat(Tensor.of(1e16, 1, 1, -1e16).sum()).isEqualTo(2);
    assertThat(Tensor.of(1e16, 1, -1e16).dot(Tensor.of(1.0, 1, 1))).isEqualTo(1);
    double tenth = Tensor.full(Shape.of(1_000_000), 0.1, DataType.FLOAT64).sum();
    assertThat(tenth).isCloseTo(100_000, within(1e-10));
  }

  @Test
  void sum_min_and_max_let_nan_and_infinity_pass() {
    Tensor nan = Tensor.of(1, Double.NaN, 3);
    assertThat(nan.sum()).isNaN();
    assertThat(nan.min()).isNaN();
    assertThat(nan.max()).isNaN();
    assertThat(Tensor.of(1, Double.POSITIVE_INFINITY).sum()).isInfinite();
    assertThat(Tensor.of(1, Double.POSITIVE_INFINITY, 1).dot(Tensor.of(1.0, 1, 1))).isInfinite();
  }

  @Test
  void min_max_and_norm() {
    Tensor tensor = Tensor.of(3, -4);
    assertThat(tensor.min()).isEqualTo(-4);
    assertThat(tensor.max()).isEqualTo(3);
    assertThat(tensor.norm()).isEqualTo(5);
  }

  @Test
  void empty_tensor_sums_to_zero() {
    Tensor empty = Tensor.zeros(Shape.of(0, 3), DataType.FLOAT32);
    assertThat(empty.size()).isZero();
    assertThat(empty.sum()).isZero();
    assertThat(empty.min()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(empty.max()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(empty.toString()).isEqualTo("Tensor[0, 3] float32 {}");
  }

  @Test
  void equals_compares_shape_type_and_bits() {
    assertThat(Tensor.of(1, 2)).isEqualTo(Tensor.of(1f, 2f)).hasSameHashCodeAs(Tensor.of(1f, 2f));
    assertThat(Tensor.of(1, 2)).isNotEqualTo(Tensor.of(1.0, 2.0));
    assertThat(Tensor.of(1, 2)).isNotEqualTo(Tensor.of(1, 2).reshape(Shape.of(2, 1)));
    assertThat(Tensor.of(Double.NaN)).isEqualTo(Tensor.of(Double.NaN));
    assertThat(Tensor.of(0.0)).isNotEqualTo(Tensor.of(-0.0));
    assertThat(Tensor.of(1)).isNotEqualTo("1").isNotEqualTo(null);
  }

  @Test
  void text_shows_shape_type_and_first_elements() {
    assertThat(Tensor.of(1, 2)).hasToString("Tensor[2] float32 {1.0, 2.0}");
    assertThat(Tensor.scalar(0.5)).hasToString("Tensor[] float64 {0.5}");
    assertThat(Tensor.zeros(Shape.of(100), DataType.FLOAT64).toString()).endsWith(", ...}");
  }

  /** Elements that are not on the heap by name. */
  private record Elsewhere(double[] elements) implements TensorStorage {
    @Override
    public DataType dataType() {
      return DataType.FLOAT64;
    }

    @Override
    public int size() {
      return elements.length;
    }

    @Override
    public Device device() {
      return new Device("fake:0");
    }

    @Override
    public double get(int index) {
      return elements[index];
    }

    @Override
    public HeapStorage toHeap() {
      return new HeapStorage.Doubles(elements.clone());
    }
  }

  @Test
  void tensor_of_another_device_says_how_to_bring_it_here() {
    Tensor there = Tensor.of(Shape.of(2), new Elsewhere(new double[] {1, 2}));

    assertThatIllegalStateException()
        .isThrownBy(() -> there.plus(there))
        .withMessageContaining("fake:0")
        .withMessageContaining("toHeap()");
    assertThatIllegalStateException().isThrownBy(there::sum);
    assertThat(there.toHeap()).isEqualTo(Tensor.of(1.0, 2.0));
    assertThat(there.toHeap().device()).isEqualTo(Device.CPU);
    assertThat(there).hasToString("Tensor[2] float64 on fake:0");
    assertThat(there.toDoubleArray()).containsExactly(1, 2);
    assertThat(there.device()).isEqualTo(new Device("fake:0"));
  }

  @Test
  void to_heap_of_a_tensor_on_the_heap_is_itself() {
    Tensor here = Tensor.of(1, 2);
    assertThat(here.toHeap()).isSameAs(here);
  }

  @Test
  void adopt_takes_the_array_over() {
    float[] array = {1, 2};
    Tensor tensor = Tensor.adopt(Shape.of(2), array);
    assertThat(((HeapStorage.Floats) tensor.storage()).array()).isSameAs(array);
    assertThatThrownBy(() -> Tensor.adopt(Shape.of(3), array))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
