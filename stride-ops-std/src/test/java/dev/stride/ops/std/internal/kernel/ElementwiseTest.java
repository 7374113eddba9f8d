package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseTest {

  private static final List<List<Shape>> PAIRS =
      List.of(
          List.of(Shape.SCALAR, Shape.SCALAR),
          List.of(Shape.of(1), Shape.SCALAR),
          List.of(Shape.of(2, 3), Shape.of(2, 3)),
          List.of(Shape.of(5), Shape.SCALAR),
          List.of(Shape.SCALAR, Shape.of(2, 0, 3)),
          List.of(Shape.of(2, 0, 3), Shape.of(1, 1)),
          List.of(Shape.of(4, 1, 3), Shape.of(5, 1)),
          List.of(Shape.of(1, 7), Shape.of(3, 1)),
          List.of(Shape.of(2, 3, 1, 2), Shape.of(3, 4, 2)),
          List.of(Shape.of(2, 1, 3, 1), Shape.of(1, 4, 1, 5)),
          List.of(Shape.of(1, 1, 1), Shape.of(207)),
          List.of(Shape.of(3, 1), Shape.of(1500)),
          List.of(Shape.of(40, 1), Shape.of(1, 1031)));

  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void zip_broadcasts_as_an_index_by_index_loop_does(Arithmetic operation) {
    for (List<Shape> pair : PAIRS) {
      for (DataType type : DataType.values()) {
        Tensor a = Tensor.random(pair.get(0), type, 3);
        Tensor b = Tensor.random(pair.get(1), type, 4);
        Tensor expected = naive(meaning(operation), a, b).cast(type);
        assertThat(Elementwise.zip(operation, a, b, Parallel.serial()))
            .as("%s of %s and %s", operation, a.shape(), b.shape())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void zip_does_not_depend_on_the_schedule() {
    Tensor a = Tensor.random(Shape.of(300, 211), DataType.FLOAT32, 5);
    for (Shape shape : List.of(a.shape(), Shape.of(211), Shape.of(300, 1), Shape.SCALAR)) {
      Tensor b = Tensor.random(shape, DataType.FLOAT32, 6);
      Backwards backwards = new Backwards();
      assertThat(Elementwise.zip(Arithmetic.MULTIPLY, a, b, backwards))
          .isEqualTo(Elementwise.zip(Arithmetic.MULTIPLY, a, b, Parallel.serial()));
      assertThat(backwards.runs()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void map_gives_the_function_of_every_element_to_a_unit_of_the_last_digit(Function function) {
    for (DataType type : DataType.values()) {
      Tensor x = Tensor.random(Shape.of(33, 1000), type, 7).map(Math::abs);
      Tensor expected =
          x.map(
              switch (function) {
                case EXP -> Math::exp;
                case LOG -> Math::log;
                case SQRT -> Math::sqrt;
              });
      Tensor y = Elementwise.map(function, x, new Backwards());
      for (int i = 0; i < x.size(); i++) {
        double right = expected.at(i);
        double unit = type == DataType.FLOAT32 ? Math.ulp((float) right) : Math.ulp(right);
        assertThat(Math.abs(y.at(i) - right) / unit)
            .isLessThanOrEqualTo(function == Function.SQRT ? 0.0 : 1.0);
      }
    }
  }

  private static DoubleBinaryOperator meaning(Arithmetic operation) {
    return switch (operation) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
    };
  }

  /**
   * In float64, which has more than twice the digits of float32: rounding it is exact there too.
   */
  private static Tensor naive(DoubleBinaryOperator operation, Tensor a, Tensor b) {
    Shape shape = Shapes.broadcast(a.shape(), b.shape());
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = operation.applyAsDouble(a.get(at(i, shape, a)), b.get(at(i, shape, b)));
    }
    return Tensor.adopt(shape, values);
  }

  private static int[] at(int flat, Shape shape, Tensor operand) {
    int[] position = new int[operand.shape().rank()];
    int rest = flat;
    for (int back = 1; back <= shape.rank(); back++) {
      if (back <= position.length && operand.shape().extent(-back) > 1) {
        position[position.length - back] = rest % shape.extent(-back);
      }
      rest /= shape.extent(-back);
    }
    return position;
  }
}
