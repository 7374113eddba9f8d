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

/** What the tables of reference values cannot say of operators that move elements. */
class MovingElementsTest {

  private static final Tensor MATRIX = Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void transpose_of_a_variable_carries_gradients_back() {
    Variable<Tensor> x = stride.parameter(MATRIX);
    Variable<Tensor> y = call("transpose", x);
    assertThat(y.get()).isEqualTo(Tensor.of(Shape.of(3, 2), 1f, 4, 2, 5, 3, 6));
    y.adjoint(y.get()).join();
    assertThat(x.grad()).isEqualTo(MATRIX);
  }

  @Test
  void scatter_add_sums_what_meets_at_one_index() {
    Variable<Tensor> x = stride.parameter(Tensor.of(10, 20, 30));
    Variable<Tensor> updates = stride.parameter(Tensor.of(1, 2, 4));
    Variable<Tensor> y = call("scatter-add", x, Tensor.of(2, 0, 2), updates);
    assertThat(y.get()).isEqualTo(Tensor.of(12, 20, 35));
    y.adjoint(Tensor.of(1, 10, 100)).join();
    assertThat(x.grad()).isEqualTo(Tensor.of(1, 10, 100));
    assertThat(updates.grad()).isEqualTo(Tensor.of(100, 1, 100));
  }

  @Test
  void scatter_add_of_many_terms_keeps_the_error_of_one() {
    int terms = 1_000_000;
    Tensor zeros = Tensor.zeros(Shape.of(terms), DataType.FLOAT64);
    Variable<Tensor> x = stride.variable(Tensor.of(0.0));
    Variable<Tensor> y = call("scatter-add", x, zeros, zeros.plus(0.1));
    assertThat(y.get().item()).isEqualTo(0.1 * terms);
  }

  @Test
  void reflection_gives_a_point_the_cotangents_of_all_its_images() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1, 2, 3));
    Variable<Tensor> y = call("pad-reflect", x, 2);
    assertThat(y.get()).isEqualTo(Tensor.of(3, 2, 1, 2, 3, 2, 1));
    y.adjoint(Tensor.of(1, 10, 100, 1000, 10000, 100000, 1000000)).join();
    assertThat(x.grad()).isEqualTo(Tensor.of(1000100, 101010, 10001));
  }

  @Test
  void cast_rounds_and_gives_gradients_the_type_of_the_argument() {
    Variable<Tensor> x = stride.parameter(Tensor.of(0.1, 1e300));
    Variable<Tensor> y = call("cast", x, DataType.FLOAT32);
    assertThat(y.get()).isEqualTo(Tensor.of(0.1f, Float.POSITIVE_INFINITY));
    y.adjoint(Tensor.of(2f, 3f)).join();
    assertThat(x.grad()).isEqualTo(Tensor.of(2.0, 3.0));
  }

  @Test
  void cast_can_be_differentiated_twice() {
    Variable<Tensor> x = stride.parameter(Tensor.of(3f));
    Variable<Tensor> cubed = call("cast", x, DataType.FLOAT64).pow(3).sum();
    @SuppressWarnings("unchecked")
    Variable<Tensor> slope = stride.recordedGradients(cubed, x).getFirst();
    assertThat(slope.get()).isEqualTo(Tensor.of(27f));
    assertThat(Engines.gradient(slope.sum(), x)).isEqualTo(Tensor.of(18f));
  }

  @Test
  void constant_padding_is_differentiated_twice_without_its_margin() {
    Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0));
    Variable<Tensor> cubed = call("pad-constant", x, 5, 1).pow(3).sum();
    @SuppressWarnings("unchecked")
    Variable<Tensor> slope = stride.recordedGradients(cubed, x).getFirst();
    assertThat(slope.get()).isEqualTo(Tensor.of(3.0, 12.0));
    assertThat(Engines.gradient(slope.sum(), x)).isEqualTo(Tensor.of(6.0, 12.0));
  }

  @Test
  void reshape_says_what_is_wrong_with_an_open_extent() {
    Variable<Tensor> x = stride.variable(MATRIX);
    fails("reshape", "`shape` is [-1, -1]; only one extent can be left open.", x, List.of(-1, -1));
    fails(
        "reshape",
        "stride.reshape: `x` has shape [2, 3] and 6 elements, which `shape` = [4, -1] cannot hold"
            + " with any extent for -1. Give extents whose product divides 6.",
        x,
        List.of(4, -1));
    fails("reshape", "`shape` has -2; an extent is 0 or more, or -1 for what is left.", x, -2);
    fails("reshape", "`shape` has a String; give a Shape or a list of whole numbers.", x, "rows");
  }

  @Test
  void slice_says_what_a_step_allows() {
    Variable<Tensor> x = stride.variable(MATRIX);
    fails(
        "slice",
        "axis 1 of `x`, which has shape [2, 3], is sliced from 3 to -1 in steps of -1; it must be"
            + " -1 <= stop <= start < 3. Correct `start` or `stop`.",
        x,
        List.of(0, 3),
        List.of(2, -1),
        List.of(1, -1));
    fails(
        "slice",
        "in steps of 0; it must be another number than 0. Correct `step`.",
        x,
        List.of(0, 0),
        List.of(2, 3),
        List.of(1, 0));
  }

  @Test
  void axes_out_of_range_or_named_twice_are_refused() {
    Variable<Tensor> x = stride.variable(MATRIX);
    fails(
        "transpose",
        "stride.transpose: `axes` has 2, but `x` has shape [2, 3]; axes are from -2 to 1. Correct"
            + " `axes`.",
        x,
        0,
        2);
    fails("transpose", "`axes` has axis 1 twice. Name each axis once.", x, 1, -1);
    fails("transpose", "`axes` has 1 numbers, but `x` has shape [2, 3]. Give each", x, 1);
    fails("flip", "stride.flip: `axes` has axis 0 twice.", x, 0, 0);
    fails("roll", "stride.roll: `axis` is 2, but `x` has shape [2, 3]; it must be", x, 1, 2);
  }

  @Test
  void indices_out_of_range_or_broken_are_refused() {
    Variable<Tensor> x = stride.variable(MATRIX);
    fails(
        "gather",
        "stride.gather: `indices` has 3.0 at position 1, but axis 1 of `x`, which has shape [2,"
            + " 3], has extent 3; indices are whole numbers from -3 to 2. Correct it, or give"
            + " float64 indices if float32 rounded it.",
        x,
        Tensor.of(0, 3),
        1);
    fails("gather", "`indices` has 0.5 at position 0", x, Tensor.of(0.5));
    fails("gather", "`indices` has NaN at position 0", x, Tensor.of(Double.NaN));
    fails(
        "scatter-add",
        "stride.scatter-add: `x` has shape [2, 3] but `updates` has shape [2]; with these indices"
            + " it must be [2, 3]. Reshape or broadcast it.",
        x,
        Tensor.of(0, 0),
        Tensor.of(1f, 2f));
  }

  @Test
  void other_arguments_that_do_not_fit_are_refused() {
    Variable<Tensor> x = stride.variable(MATRIX);
    fails("repeat", "stride.repeat: `count` is -1; it must not be negative.", x, -1);
    fails(
        "broadcast",
        "stride.broadcast: `x` has shape [2, 3] and cannot be repeated to `shape` [3, 3]; aligned"
            + " at the last axis, extents of `x` must be 1 or equal. Reshape it first.",
        x,
        Shape.of(3, 3));
    fails("broadcast", "cannot be repeated to `shape` [3]", x, Shape.of(3));
    fails(
        "stack",
        "stride.stack: `inputs[0]` has shape [2, 3] but `inputs[1]` has shape [3]; both must be",
        List.of(x, stride.variable(Tensor.of(1, 2, 3))));
    fails(
        "stack",
        "stride.stack: `axis` is 3, but `inputs` have shape [2, 3]; it must be from -3 to 2.",
        List.of(x),
        3);
    assertThatThrownBy(
            () -> stride.operator("stack").call(Arguments.of().with("inputs", List.of())).get())
        .hasStackTraceContaining("stride.stack: `inputs` is empty. Give at least one tensor.");
  }

  private void fails(String operator, String message, Object... arguments) {
    assertThatThrownBy(() -> call(operator, arguments).get()).hasStackTraceContaining(message);
  }

  private Variable<Tensor> call(String operator, Object... arguments) {
    return stride.operator(operator).call(arguments);
  }
}
