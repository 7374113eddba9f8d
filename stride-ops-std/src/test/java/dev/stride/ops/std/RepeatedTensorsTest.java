package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.core.Stride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Operators take tensors that repeat their elements as they take those that are written out. */
class RepeatedTensorsTest {

  /** 16 GiB if it were written out: whoever does so runs out of memory. */
  private static final Shape HUGE = Shape.of(1 << 15, (1 << 16) - 1);

  /** What the first elements along some axes are repeated along. */
  private enum Along {
    ALL_AXES,
    LAST_AXIS,
    OTHER_AXES;

    Tensor repeated(Tensor x) {
      int[] few = x.shape().toArray();
      for (int axis = 0; axis < few.length; axis++) {
        boolean isLast = axis == few.length - 1;
        few[axis] = this == ALL_AXES || isLast == (this == LAST_AXIS) ? 1 : few[axis];
      }
      if (x.size() == 0) {
        return x;
      }
      return first(x, Shape.of(few)).broadcastTo(x.shape());
    }

    private static Tensor first(Tensor x, Shape few) {
      double[] values = new double[few.size()];
      for (int i = 0; i < values.length; i++) {
        int[] position = new int[few.rank()];
        int rest = i;
        for (int axis = few.rank() - 1; axis >= 0; axis--) {
          position[axis] = rest % few.extent(axis);
          rest /= few.extent(axis);
        }
        values[i] = x.get(position);
      }
      return Tensor.adopt(few, values).cast(x.dataType());
    }

    Tensor written(Tensor x) {
      return x.size() == 0 ? x : Tensor.of(x.shape(), repeated(x).storage());
    }
  }

  @TestFactory
  Stream<DynamicTest> results_have_the_bits_of_tensors_that_are_written_out() {
    return RegisteredOperators.ofStandardPack().entrySet().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.getKey().name(), () -> each.getValue().forEach(s -> check(each.getKey(), s))));
  }

  private static void check(Operator<?> operator, Sample sample) {
    for (Along along : Along.values()) {
      for (DataType type : DataType.values()) {
        String what = sample.description() + " along " + along + " in " + type;
        assertThat(results((BlockingOperator<?>) operator, sample, type, along::repeated))
            .as(what)
            .isEqualTo(results((BlockingOperator<?>) operator, sample, type, along::written));
      }
    }
  }

  /** Outputs and gradients; or the message of the error, as samples may lose what they need. */
  private static Object results(
      BlockingOperator<?> operator, Sample sample, DataType type, UnaryOperator<Tensor> change) {
    Arguments given = changed(sample.arguments(), change);
    try {
      BareCall call = BareCall.of(operator, given, type);
      List<Tensor> all = new ArrayList<>(call.forward());
      all.addAll(call.seeded().adjoint());
      all.addAll(
          call.seeded(y -> change.apply(Tensor.random(y.shape(), y.dataType(), 77))).adjoint());
      return all;
    } catch (IllegalArgumentException | ArithmeticException expected) {
      return Objects.requireNonNull(expected.getMessage());
    }
  }

  private static Arguments changed(Arguments given, UnaryOperator<Tensor> change) {
    Arguments all =
        Arguments.of(given.positional().stream().map(value -> changed(value, change)).toArray());
    for (Map.Entry<String, Object> each : new LinkedHashMap<>(given.named()).entrySet()) {
      all = all.with(each.getKey(), changed(each.getValue(), change));
    }
    return all;
  }

  private static Object changed(Object value, UnaryOperator<Tensor> change) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> changed(one, change)).toList();
    }
    return value instanceof Tensor tensor ? change.apply(tensor) : value;
  }

  @Test
  void nothing_is_written_out_on_the_way_from_a_broadcast_to_its_elements() {
    try (Stride stride = Engines.standard()) {
      Variable<Tensor> x = stride.parameter("x", Tensor.of(3));
      Variable<Tensor> all = stride.operator("broadcast").call(x, HUGE);
      Variable<Tensor> y = all.times(all).plus(1).reshape(Shape.of(HUGE.size()));

      assertThat(y.get().at(HUGE.size() - 1)).isEqualTo(10);
    }
  }

  @Test
  void gradients_of_sums_are_left_on_leaves_as_they_are_and_add_up() {
    try (Stride stride = Engines.standard()) {
      Variable<Tensor> x = stride.parameter("x", Tensor.of(1).broadcastTo(HUGE));
      // The adjoint of a sum whose forward would take seconds.
      for (int run = 1; run <= 3; run++) {
        x.times(3).plus(x).adjoint(Tensor.of(2).broadcastTo(HUGE)).join();
        assertThat(Objects.requireNonNull(x.grad()).at(5)).isEqualTo(8 * run);
      }
    }
  }

  @Test
  void a_loss_of_primitive_operators_has_the_gradient_of_one_operator() {
    Shape shape = Shape.of(67, 131);
    Tensor modelled = Tensor.random(shape, DataType.FLOAT64, 1);
    Tensor observed = Tensor.random(shape, DataType.FLOAT64, 2);
    try (Stride stride = Engines.standard()) {
      Variable<Tensor> x = stride.parameter("x", modelled);
      Variable<Tensor> residual = x.minus(stride.variable("observed", observed));
      Variable<Tensor> loss = stride.operator("mean").call(residual.times(residual));
      Tensor gradient = Engines.gradient(loss, x);

      Tensor expected = modelled.minus(observed).times(2.0 / shape.size());
      assertThat(gradient.minus(expected).norm()).isLessThan(1e-15 * expected.norm());
    }
  }
}
