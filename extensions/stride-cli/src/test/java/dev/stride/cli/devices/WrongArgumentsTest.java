package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators of a device refuse what those of the processor refuse, in the same words. */
class WrongArgumentsTest {

  private static final Tensor X = Tensor.random(Shape.of(4, 6), DataType.FLOAT32, 3);

  @RegisterExtension static final BothDevices DEVICES = new BothDevices();

  static Stream<ArgumentSet> wrong() {
    return Stream.of(
        wrong("divide", X, Tensor.random(Shape.of(5), DataType.FLOAT32, 3)),
        wrong("maximum", X, Tensor.random(Shape.of(6), DataType.FLOAT64, 3)),
        wrong("smooth-abs", X, 0),
        wrong("clamp", X, 2, 1));
  }

  private static ArgumentSet wrong(String name, Object... arguments) {
    return org.junit.jupiter.params.provider.Arguments.argumentSet(
        name + " of " + Arguments.of(arguments), name, Arguments.of(arguments));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusals_are_those_of_the_processor(String name, Arguments arguments) {
    assertThat(DEVICES.refusal("stride." + name, arguments, "opencl"))
        .isEqualTo(DEVICES.refusal("stride." + name, arguments, "cpu"));
  }
}
