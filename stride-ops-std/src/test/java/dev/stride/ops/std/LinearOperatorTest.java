package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.DataType;
import dev.stride.api.LinearOperator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.CheckResult;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Report;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operators that users make of a linear map and its transpose. */
class LinearOperatorTest {

  /** Running sums: a matrix with ones on and below its diagonal. */
  private final LinearOperator sums =
      LinearOperator.of("acme.sums", x -> sums(x, false), x -> sums(x, true));

  /** The same, by an author who took the inverse for the transpose of a map back. */
  private final LinearOperator wrong =
      LinearOperator.of("acme.wrong-sums", x -> sums(x, false), x -> sums(x, false));

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  private static Tensor sums(Tensor x, boolean backwards) {
    double[] values = x.toDoubleArray();
    for (int i = 1; i < values.length; i++) {
      int at = backwards ? values.length - 1 - i : i;
      values[at] += values[backwards ? at + 1 : at - 1];
    }
    return Tensor.adopt(x.shape(), values).cast(x.dataType());
  }

  @Test
  void map_and_transpose_are_an_operator_that_keeps_the_contract() {
    GradientChecker.of(sums)
        .at(Tensor.random(7))
        .at(Tensor.random(1))
        .at(Tensor.random(4, 3).times(1e6))
        .run()
        .requirePassed();
    GradientChecker.of(sums.transposed()).at(Tensor.random(7)).run().requirePassed();
  }

  @Test
  void map_between_two_shapes_keeps_the_contract() {
    LinearOperator firstOfThree =
        LinearOperator.of(
            "acme.first",
            x -> {
              if (!x.shape().equals(Shape.of(3))) {
                throw new IllegalArgumentException("acme.first: `x` must be of three elements.");
              }
              return Tensor.adopt(Shape.of(1), new double[] {x.at(0)}).cast(x.dataType());
            },
            g -> Tensor.adopt(Shape.of(3), new double[] {g.at(0), 0, 0}).cast(g.dataType()));
    GradientChecker.of(firstOfThree).at(Tensor.of(1.0, 2, 3)).run().requirePassed();
  }

  @Test
  void function_that_is_not_the_transpose_fails_the_dot_test() {
    Report report = GradientChecker.of(wrong).at(Tensor.random(7)).run();
    assertThat(report.with(Verdict.FAIL))
        .as(report.toString())
        .extracting(CheckResult::rule)
        .contains(Rule.DOT_TEST);
  }

  @Test
  void gradients_of_gradients_apply_map_and_transpose() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2, 3));
    Variable<Tensor> y = sums.call(x);
    Variable<Tensor> slope = stride.recordedGradients(y.times(y).sum(), x).getFirst();
    assertThat(slope.get()).isEqualTo(Tensor.of(20.0, 18, 12));
    Variable<Tensor> second = stride.recordedGradients(slope.sum(), x).getFirst();
    assertThat(second.get()).isEqualTo(Tensor.of(12.0, 10, 6));
  }

  @Test
  void transpose_of_the_transpose_is_the_map_under_its_name() {
    assertThat(sums.transposed().name()).isEqualTo("acme.sums-transposed");
    assertThat(sums.transposed().transposed().name()).isEqualTo("acme.sums");
    assertThat(sums.transposed().transposed().call(stride.variable(Tensor.of(1, 2))).get())
        .isEqualTo(Tensor.of(1, 3));
  }

  @Test
  void result_of_another_type_is_refused_and_the_function_is_named() {
    LinearOperator narrowing =
        LinearOperator.of("acme.narrowing", x -> x, g -> g.cast(DataType.FLOAT32));
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2));
    assertThatThrownBy(() -> narrowing.call(x).sum().adjoint().join())
        .hasStackTraceContaining(
            "acme.narrowing: the function given as transpose was given float64 of shape [2] and"
                + " returned float32. Return a tensor of the type of the argument.");
  }

  @Test
  void transpose_into_another_shape_is_refused_by_the_engine() {
    LinearOperator cut = LinearOperator.of("acme.cut", x -> x, g -> Tensor.of(1.0));
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2));
    assertThatThrownBy(() -> cut.call(x).sum().adjoint().join())
        .hasStackTraceContaining("acme.cut");
    assertThat(x.grad()).isNull();
  }
}
