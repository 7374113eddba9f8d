package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Operators of elements give on a device what they give on the processor at zeros of both signs,
 * infinities, NaN, kinks and ties, and so do their gradients.
 */
class SpecialValuesTest {

  private static final double[] VALUES = {
    Double.NEGATIVE_INFINITY,
    -2,
    -1,
    -0.5,
    -0.0,
    0.0,
    0.5,
    1,
    2,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };
  private static final List<String> PAIRS =
      List.of(
          "add", "subtract", "multiply", "divide", "atan2", "minimum", "maximum", "power", "mask");
  private static final List<String> SINGLES =
      List.of(
          "negate",
          "reciprocal",
          "square",
          "sqrt",
          "exp",
          "expm1",
          "log",
          "log1p",
          "asin",
          "acos",
          "atan",
          "sinh",
          "cosh",
          "tanh",
          "sigmoid",
          "softplus",
          "relu",
          "abs",
          "erf");

  @RegisterExtension static final BothDevices DEVICES = new BothDevices();

  @TestFactory
  Stream<DynamicTest> pairs_of_special_values_agree() {
    double[] first =
        Arrays.stream(VALUES).flatMap(a -> DoubleStream.of(VALUES).map(b -> a)).toArray();
    double[] second = Arrays.stream(VALUES).flatMap(a -> DoubleStream.of(VALUES)).toArray();
    return PAIRS.stream().map(name -> agreeing(name, tensor(first), tensor(second)));
  }

  @TestFactory
  Stream<DynamicTest> single_special_values_agree() {
    Stream<DynamicTest> plain = SINGLES.stream().map(name -> agreeing(name, tensor(VALUES)));
    return Stream.concat(
        plain,
        Stream.of(
            agreeing("leaky-relu", tensor(VALUES), 0.1),
            agreeing("smooth-abs", tensor(VALUES), 0.5),
            agreeing("scale", tensor(VALUES), -2),
            agreeing("clamp", tensor(VALUES), -1, 1),
            agreeing("where", tensor(VALUES), tensor(VALUES), Tensor.scalar(7.0))));
  }

  private static Tensor tensor(double... values) {
    return Tensor.adopt(Shape.of(values.length), values.clone());
  }

  private static DynamicTest agreeing(String name, Object... arguments) {
    return dynamicTest(
        name,
        () -> {
          for (DataType type : DataType.values()) {
            agree("stride." + name, type, Arguments.of(arguments));
          }
        });
  }

  private static void agree(String name, DataType type, Arguments given) {
    Arguments arguments =
        BothDevices.mapped(
            given, value -> value instanceof Tensor tensor ? tensor.cast(type) : value);
    List<Tensor> here = DEVICES.computed(name, arguments, "cpu");
    List<Tensor> there = DEVICES.computed(name, arguments, "opencl");
    double tolerance = type == DataType.FLOAT64 ? 1e-14 : 1e-6;
    Agreement.requireClose(there, here, tolerance, name + " in " + type);
    for (int i = 0; i < here.size(); i++) {
      assertThat(signsOfZeros(there.get(i)))
          .as("signs of the zeros of value %d of %s in %s", i, name, type)
          .isEqualTo(signsOfZeros(here.get(i)));
    }
  }

  /** One letter an element: the sign where it is zero. */
  private static String signsOfZeros(Tensor x) {
    StringBuilder signs = new StringBuilder();
    for (double value : x.toDoubleArray()) {
      signs.append(value != 0 ? '.' : Math.copySign(1, value) < 0 ? '-' : '+');
    }
    return signs.toString();
  }
}
