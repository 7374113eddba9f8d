package dev.stride.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.VectorSpace.Accumulator;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorSpacesTest {

  private static final TensorSpace TENSORS = TensorSpace.HEAP;
  private static final DoubleSpace DOUBLES = DoubleSpace.INSTANCE;

  @Test
  void spec_knows_shape_and_type_without_the_value() {
    VectorSpace.Spec<Tensor> spec = TENSORS.spec(Tensor.of(1, 2, 3));

    assertThat(spec).hasToString("Tensor[3] float32");
    assertThat(spec.bytes()).isEqualTo(12);
    assertThat(spec.isScalar()).isFalse();
    assertThat(spec.zero()).isEqualTo(Tensor.of(0, 0, 0));
    assertThat(spec.one()).isEqualTo(Tensor.of(1, 1, 1));
    assertThat(spec).isEqualTo(TENSORS.spec(Tensor.of(7, 8, 9)));
    assertThat(spec).isNotEqualTo(TENSORS.spec(Tensor.of(1.0, 2.0, 3.0)));
    assertThat(spec).isNotEqualTo(TENSORS.spec(Tensor.of(1, 2)));
    assertThat(TENSORS.spec(Tensor.of(5)).isScalar()).isTrue();
    assertThat(TENSORS.spec(Tensor.scalar(5.0)).isScalar()).isTrue();
  }

  @Test
  void tensor_space_adds_scales_and_measures() {
    Tensor a = Tensor.of(1.0, 2.0);
    Tensor b = Tensor.of(3.0, 4.0);

    assertThat(TENSORS.add(a, b)).isEqualTo(Tensor.of(4.0, 6.0));
    assertThat(TENSORS.scale(a, 3)).isEqualTo(Tensor.of(3.0, 6.0));
    assertThat(TENSORS.inner(a, b)).isEqualTo(11);
    assertThat(TENSORS.bytes(a)).isEqualTo(16);
    assertThat(TENSORS.type()).isEqualTo(Tensor.class);
    assertThat(TENSORS.device()).isEqualTo(Device.CPU);
    assertThat(TENSORS.knows(a)).isTrue();
    assertThat(TENSORS.transfer(a)).isSameAs(a);
    assertThat(TENSORS.transfer("text")).isNull();
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void copy_shares_nothing(DataType type) {
    Tensor a = Tensor.full(Shape.of(3), 2, type);
    Tensor copy = TENSORS.copy(a);
    assertThat(copy).isEqualTo(a);
    assertThat(copy.storage()).isNotSameAs(a.storage());
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void accumulator_sums_in_order_and_changes_nothing_it_was_given(DataType type) {
    Tensor a = Tensor.full(Shape.of(2), 1, type);
    Tensor b = Tensor.full(Shape.of(2), 2, type);
    Tensor c = Tensor.full(Shape.of(2), 4, type);
    Accumulator<Tensor> accumulator = TENSORS.accumulator(TENSORS.spec(a));
    assertThat(accumulator.sum()).isNull();
    accumulator.add(a);
    accumulator.add(b);
    accumulator.add(c);
    accumulator.add(a);

    assertThat(accumulator.sum()).isEqualTo(Tensor.full(Shape.of(2), 8, type));
    assertThat(a).isEqualTo(Tensor.full(Shape.of(2), 1, type));
    assertThat(b).isEqualTo(Tensor.full(Shape.of(2), 2, type));
    assertThat(c).isEqualTo(Tensor.full(Shape.of(2), 4, type));
  }

  @Test
  void accumulator_of_one_term_is_that_term() {
    Tensor a = Tensor.of(1, 2);
    Accumulator<Tensor> accumulator = TENSORS.accumulator(TENSORS.spec(a));
    accumulator.add(a);
    assertThat(accumulator.sum()).isSameAs(a);
  }

  @Test
  void accumulator_equals_repeated_addition_bitwise() {
    Shape shape = Shape.of(50);
    Tensor expected = Tensor.random(shape, DataType.FLOAT32, 0);
    Accumulator<Tensor> accumulator = TENSORS.accumulator(TENSORS.spec(expected));
    accumulator.add(expected);
    for (int i = 1; i < 20; i++) {
      Tensor term = Tensor.random(shape, DataType.FLOAT32, i).times(Math.pow(10, i % 5));
      accumulator.add(term);
      expected = expected.plus(term);
    }
    assertThat(accumulator.sum()).isEqualTo(expected);
  }

  @Test
  void default_accumulator_adds_with_the_space() {
    Accumulator<Double> accumulator = DOUBLES.accumulator(DOUBLES.spec(1.0));
    assertThat(accumulator.sum()).isNull();
    accumulator.add(1.0);
    accumulator.add(2.0);
    assertThat(accumulator.sum()).isEqualTo(3.0);
  }

  @Test
  void range_counts_what_is_not_finite() {
    VectorSpace.Range range =
        TENSORS.range(Tensor.of(3, Double.NaN, -1, Double.NEGATIVE_INFINITY, Double.NaN));

    assertThat(range.min()).isEqualTo(-1);
    assertThat(range.max()).isEqualTo(3);
    assertThat(range.nans()).isEqualTo(2);
    assertThat(range.infinities()).isEqualTo(1);
    assertThat(range.isFinite()).isFalse();
    assertThat(range).hasToString("[-1.0, 3.0], 2 NaN, 1 infinite");
    assertThat(TENSORS.range(Tensor.of(1.0, 2.0))).hasToString("[1.0, 2.0]");
    assertThat(DOUBLES.range(Double.NaN)).hasToString("no finite element, 1 NaN, 0 infinite");
  }

  @Test
  void precondition_divides_with_a_stabiliser() {
    Tensor gradient = Tensor.of(1.0, 1.0, 1.0);
    Tensor result = TENSORS.precondition(gradient, Tensor.of(100.0, 10.0, 0.0));

    assertThat(result.at(0)).isCloseTo(1 / 101.0, within(1e-15));
    assertThat(result.at(1)).isCloseTo(1 / 11.0, within(1e-15));
    assertThat(result.at(2)).isCloseTo(1, within(1e-15));
    assertThat(TENSORS.precondition(gradient, Tensor.of(0.0, 0.0, 0.0))).isSameAs(gradient);
  }

  @Test
  void double_space_is_one_dimension() {
    assertThat(DOUBLES.add(1.0, 2.0)).isEqualTo(3.0);
    assertThat(DOUBLES.scale(3.0, 2)).isEqualTo(6.0);
    assertThat(DOUBLES.inner(3.0, 2.0)).isEqualTo(6.0);
    assertThat(DOUBLES.copy(3.0)).isEqualTo(3.0);
    assertThat(DOUBLES.bytes(3.0)).isEqualTo(8);
    assertThat(DOUBLES.type()).isEqualTo(Double.class);
    assertThat(DOUBLES.precondition(6.0, 2.0)).isEqualTo(3.0);
    assertThat(DOUBLES.precondition(6.0, 0.0)).isEqualTo(6.0);
    VectorSpace.Spec<Double> spec = DOUBLES.spec(3.0);
    assertThat(spec.isScalar()).isTrue();
    assertThat(spec.zero()).isEqualTo(0.0);
    assertThat(spec.one()).isEqualTo(1.0);
    assertThat(spec.bytes()).isEqualTo(8);
    assertThat(spec).isEqualTo(DOUBLES.spec(5.0)).hasToString("Double");
  }

  @Test
  void sample_describes_itself_by_shapes() {
    Sample sample = Sample.of(Tensor.of(1.0, 2.0), 3, List.of(Tensor.of(1.0))).with("order", 4);

    assertThat(sample.description()).isEqualTo("[2], 3, [[1]], order=4");
    assertThat(sample.scale()).isEqualTo(1);
    assertThat(sample.arguments().named()).containsEntry("order", 4);
    assertThat(sample.described("kink").description()).isEqualTo("kink");
    assertThat(sample.scaled(0.1).scale()).isEqualTo(0.1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.scaled(0))
        .withMessageContaining("0.0");
    assertThat(Sample.of(Arguments.of(1)).description()).isEqualTo("1");
  }

  @Test
  void pack_has_defaults_for_all_but_its_id_and_operators() {
    OperatorPack pack =
        new OperatorPack() {
          @Override
          public String id() {
            return "acme";
          }

          @Override
          public void register(OperatorRegistrar registrar) {}
        };
    ModuleDescriptor module = getClass().getModule().getDescriptor();
    assertThat(pack.version())
        .isEqualTo(module == null ? "unknown" : module.rawVersion().orElse("unknown"));
    assertThat(Availability.unavailable("no driver", "install one"))
        .isEqualTo(new Availability.Unavailable("no driver", "install one"));
    assertThat(Availability.available()).isEqualTo(new Availability.Available());
    pack.close();
  }
}
