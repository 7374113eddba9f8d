package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documentation says of ties, zeros, empty slices and wrong axes. */
class ReductionKinksTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  private Tensor gradient(String name, Tensor x, Object... others) {
    Variable<Tensor> leaf = stride.parameter(x);
    Object[] arguments = new Object[others.length + 1];
    arguments[0] = leaf;
    System.arraycopy(others, 0, arguments, 1, others.length);
    return Engines.gradient(stride.operator(name).call(arguments).sum(), leaf);
  }

  @Test
  void ties_of_an_extremum_share_the_cotangent() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1.0, 3, 3, 5, 4, 2);
    assertThat(gradient("max", x, List.of(1)))
        .isEqualTo(Tensor.of(Shape.of(2, 3), 0.0, 0.5, 0.5, 1, 0, 0));
    assertThat(gradient("min", x, List.of(0)))
        .isEqualTo(Tensor.of(Shape.of(2, 3), 1.0, 1, 0, 0, 0, 1));
  }

  @Test
  void nan_makes_an_extremum_and_its_gradient_nan() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, Double.NaN, 2));
    Variable<Tensor> y = stride.operator("max").call(x);
    assertThat(y.get().item()).isNaN();
    assertThat(Engines.gradient(y, x).at(0)).isNaN();
  }

  @Test
  void a_product_has_an_exact_gradient_with_no_one_and_two_zeros() {
    Tensor x = Tensor.of(Shape.of(3, 3), 2.0, 3, 4, 2, 0, 4, 0, 0, 4);
    assertThat(gradient("product", x, List.of(1)))
        .isEqualTo(Tensor.of(Shape.of(3, 3), 12.0, 8, 6, 0, 8, 0, 0, 0, 0));
  }

  @Test
  void norms_of_zeros_have_gradient_zero() {
    for (double p : new double[] {1, 1.5, 2, Double.POSITIVE_INFINITY}) {
      Variable<Tensor> x = stride.parameter(Tensor.of(0.0, 0, 0));
      Variable<Tensor> y = stride.operator("norm").call(Arguments.of(x).with("p", p));
      assertThat(y.get().item()).isZero();
      assertThat(Engines.gradient(y, x)).as("p = %s", p).isEqualTo(Tensor.of(0.0, 0, 0));
    }
  }

  @Test
  void norm_neither_overflows_nor_underflows() {
    for (double scale : new double[] {1e-300, 1e300}) {
      Variable<Tensor> x = stride.variable(Tensor.of(3.0, 4).times(scale));
      double y = stride.operator("norm").call(x).get().item();
      assertThat(y / scale).isCloseTo(5, org.assertj.core.api.Assertions.within(1e-14));
    }
  }

  @Test
  void a_constant_slice_has_deviation_zero_and_gradient_zero() {
    assertThat(gradient("standard-deviation", Tensor.of(2.0, 2, 2)))
        .isEqualTo(Tensor.of(0.0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"sum, 0", "mean, NaN", "product, 1", "norm, 0", "logsumexp, -Infinity"})
  void empty_slices_have_documented_results(String name, double expected) {
    Variable<Tensor> x = stride.variable(Tensor.zeros(Shape.of(2, 0), DataType.FLOAT64));
    assertThat(stride.operator(name).call(x, List.of(1)).get())
        .isEqualTo(Tensor.of(expected, expected));
    assertThat(stride.operator(name).call(x).get()).isEqualTo(Tensor.scalar(expected));
  }

  @Test
  void the_largest_of_nothing_is_an_error() {
    Variable<Tensor> x = stride.variable(Tensor.zeros(Shape.of(2, 0), DataType.FLOAT64));
    assertThatThrownBy(() -> stride.operator("max").call(x).get())
        .hasStackTraceContaining(
            "stride.max: `x` has shape [2, 0], so there is no element to choose.");
  }

  @Test
  void wrong_axes_are_named() {
    Variable<Tensor> x = stride.variable(Tensor.of(1.0, 2));
    assertThatThrownBy(() -> stride.operator("sum").call(x, List.of(1)).get())
        .hasStackTraceContaining(
            "stride.sum: `axes` has 1, but `x` has shape [2]; it must be a whole number from -1 to"
                + " 0.");
    assertThatThrownBy(() -> stride.operator("max").call(x, List.of(0, -1)).get())
        .hasStackTraceContaining("stride.max: `axes` is [0, -1] and names one axis twice.");
    assertThatThrownBy(() -> stride.operator("norm").call(Arguments.of(x).with("p", 0.5)).get())
        .hasStackTraceContaining("stride.norm: `p` is 0.5; it must be at least 1.");
  }
}
