package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.List;
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
    Tensor line = Tensor.random(Shape.of(6), DataType.FLOAT32, 3);
    Tensor scalar = Tensor.scalar(1f);
    Tensor empty = Tensor.random(Shape.of(0, 3), DataType.FLOAT32, 3);
    return Stream.of(
        wrong("divide", X, Tensor.random(Shape.of(5), DataType.FLOAT32, 3)),
        wrong("maximum", X, Tensor.random(Shape.of(6), DataType.FLOAT64, 3)),
        wrong("smooth-abs", X, 0),
        wrong("clamp", X, 2, 1),
        wrong("max", empty),
        wrong("norm", X, List.of(0), false, 0.5),
        wrong("variance", X, 2),
        wrong("softmax", X, 2),
        wrong("softmax", scalar),
        wrong("cumulative-sum", X, -3),
        wrong("slice", X, List.of(0), List.of(1)),
        wrong("slice", X, List.of(0, 0), List.of(5, 1)),
        wrong("slice", X, List.of(0, 0), List.of(4, 1), List.of(1, 0)),
        wrong("concatenate", List.of(X, line)),
        wrong("stack", List.of(line, scalar)),
        wrong("stack", List.of(line, line), 2),
        wrong("split", X, 3),
        wrong("roll", scalar, 1),
        wrong("repeat", X, -1),
        wrong("gather", X, Tensor.of(0f, 4f)),
        wrong("gather", X, Tensor.of(0.5f)),
        wrong("scatter-add", X, Tensor.of(0f), line),
        wrong("pad-constant", X, 0, -1),
        wrong("pad-edge", X, List.of(1, 1, 1)),
        wrong("pad-reflect", empty, 1),
        wrong("pad-mirror", empty, 0),
        wrong("pad-absorbing", X, 1, -1),
        wrong("matmul", X, line.reshape(Shape.of(3, 2))),
        wrong("matmul", X, scalar),
        wrong("matmul", X.reshape(Shape.of(2, 2, 6)), X.reshape(Shape.of(1, 3, 1, 8))),
        wrong("matvec", X, Tensor.of(1f, 2f)),
        wrong("matrix-transpose", line),
        wrong("gradient", scalar, 1),
        wrong("gradient", X, List.of(1, 2, 3)),
        wrong("gradient", X, 0),
        wrong("gradient", X, 1, 3),
        wrong("gradient", X, 1, 6),
        wrong("gradient", X, 1, 2, "open"),
        wrong("divergence", X, 1),
        wrong("gaussian-smooth", X, List.of(1, 2, 3)),
        wrong("gaussian-smooth", X, -1),
        wrong("l1-distance", X, line),
        wrong("huber", X, X, 0),
        wrong("student-t", X, X, 1, -1),
        wrong("bound-barrier", X, 2, 1),
        wrong("bound-barrier", X, -0.5, 0.5),
        wrong("normalised-l2", X.times(0), X),
        wrong("normalised-l2", scalar, scalar),
        wrong("normalised-l2", X, X, -1),
        wrong("correlation-distance", X, X.times(0)),
        wrong("correlation-distance", X, X, 0, line),
        wrong("tikhonov", X, 1, line),
        wrong("total-variation", X, 0, 1),
        wrong("window", X, "square"),
        wrong("window", X, "tukey", 2),
        wrong("window", scalar),
        wrong("time-derivative", X, 0),
        wrong("time-derivative", Tensor.of(1f), 1),
        wrong("time-integral", scalar, 1),
        wrong("fft", X, line),
        wrong("fft", X, X, 3),
        wrong("real-fft", scalar),
        wrong("inverse-real-fft", X, X, 9),
        wrong("hilbert", scalar),
        wrong("envelope", scalar),
        wrong("instantaneous-phase", X.times(0)),
        wrong("resample", X, 0),
        wrong("resample-polyphase", X, 0, 1),
        wrong("time-shift", X, line, 1),
        wrong("time-shift", X, Tensor.scalar(Float.NaN), 1),
        wrong("time-shift", X, scalar, 1, -1),
        wrong("butterworth", X, 0),
        wrong("butterworth", X, 1, 0.3, 0.2),
        wrong("butterworth", X, 1, 0.6),
        wrong("butterworth", X, 1, 0.1, 0.2, 21),
        wrong("envelope-distance", X, X, line),
        wrong("travel-time", X, X, 0),
        wrong("travel-time", X.times(0), X, 1),
        wrong("optimal-transport", X, X, 1, 0),
        wrong("optimal-transport", X, X.times(1000), 1, 1),
        wrong("triangular-solve", X, X),
        wrong("triangular-solve", zeros(3, 3), zeros(3, 2)),
        wrong("cholesky", zeros(3, 3)),
        wrong("cholesky", line),
        wrong("solve", zeros(3, 3), zeros(3)),
        wrong("solve", zeros(2, 3, 3), zeros(3, 3, 1)),
        wrong("solve", zeros(3, 3), zeros(2, 3)),
        wrong("inverse", zeros(2, 3, 3)),
        wrong("determinant", zeros(3, 3)),
        wrong("logdet", X),
        wrong("symmetric-eigenvalues", X),
        wrong("symmetric-eigenvalues", zeros(3, 3)),
        wrong("singular-values", line),
        wrong("singular-values", zeros(2, 3)),
        wrong("csr-matvec", line, line, Tensor.of(0f, 6f), Tensor.of(0f, 1f)),
        wrong("csr-matvec", line, line, Tensor.of(0f, 7f), Tensor.of(0f, 1f, 2f, 3f, 4f, 5f)),
        wrong("csr-matvec", line, line, Tensor.of(0f, 6f), Tensor.of(0f, 1f, 2f, 3f, 4f, 6f)),
        wrong("interpolate", X, line),
        wrong("interpolate", line, Tensor.of(Shape.of(2, 1), 1f, 5.5f)),
        wrong("interpolate", line, Tensor.of(Shape.of(1, 1), 1f), "cubic"),
        wrong("interpolate", line, Tensor.of(Shape.of(1, 1), 1.0)),
        wrong("inject", line, Tensor.of(Shape.of(2, 1), 1f, 2f), Shape.of(9)),
        wrong("inject", line, Tensor.of(Shape.of(6, 1), 0f, 1f, 2f, 3f, 4f, 5f), Shape.of(4, 4)));
  }

  private static Tensor zeros(int... extents) {
    return Tensor.zeros(Shape.of(extents), DataType.FLOAT32);
  }

  private static ArgumentSet wrong(String name, Object... arguments) {
    Sample sample = Sample.of(arguments);
    return org.junit.jupiter.params.provider.Arguments.argumentSet(
        name + " of " + sample.description(), name, sample.arguments());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusals_are_those_of_the_processor(String name, Arguments arguments) {
    assertThat(DEVICES.refusal("stride." + name, arguments, "opencl"))
        .isEqualTo(DEVICES.refusal("stride." + name, arguments, "cpu"));
  }
}
