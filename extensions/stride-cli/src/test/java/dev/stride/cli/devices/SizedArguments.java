package dev.stride.cli.devices;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Arguments of operators for tensors of a given number of elements, or a few times as many. */
final class SizedArguments {

  private SizedArguments() {}

  /**
   * Arguments of an operator.
   *
   * @param sample of numbers that it takes; vectors of these, where the operator takes vectors
   */
  static Arguments of(String name, Sample sample, int size) {
    return switch (name.substring("stride.".length())) {
      case "reshape" -> Arguments.of(line(size), Shape.of(size, 1));
      case "broadcast" -> Arguments.of(line(size), Shape.of(3, size));
      case "resize" -> Arguments.of(line(size), Shape.of(2 * size));
      case "product" -> Arguments.of(line(size).times(1e-3).plus(1).cast(DataType.FLOAT32));
      case "slice" -> Arguments.of(line(size), List.of(size - 1), List.of(-1), List.of(-2));
      case "split" -> Arguments.of(tensor(3, size), 3);
      case "gather" -> Arguments.of(line(size), indices(size, i -> i * 7 % size));
      case "scatter-add" ->
          Arguments.of(line(size), indices(size, i -> i / 3 % size), line(size).plus(1));
      case "matmul" -> Arguments.of(tensor(7, size), tensor(size, 5));
      case "matvec" -> Arguments.of(tensor(3, size), line(size));
      case "outer" -> Arguments.of(line(size), line(5));
      case "matrix-transpose", "triangle" -> Arguments.of(tensor(size, 3));
      case "gradient", "laplacian" -> Arguments.of(line(size), 0.5).with("edge", "zero");
      case "divergence" -> Arguments.of(tensor(1, size), 0.5).with("edge", "zero");
      case "convolve", "correlate", "fir" -> Arguments.of(line(size), line(5));
      default -> BothDevices.mapped(sample.arguments(), argument -> sized(argument, size));
    };
  }

  private static Tensor line(int size) {
    return tensor(size);
  }

  private static Tensor tensor(int... extents) {
    return Tensor.random(Shape.of(extents), DataType.FLOAT32, 5);
  }

  private static Tensor indices(int size, IntUnaryOperator index) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = index.applyAsInt(i);
    }
    return Tensor.adopt(Shape.of(size), values);
  }

  private static Object sized(Object argument, int size) {
    return switch (argument) {
      case Tensor tensor -> tiled(tensor, size);
      case List<?> list -> list.stream().map(item -> sized(item, size)).toList();
      default -> argument;
    };
  }

  /** A vector of the sample's numbers, again and again, so that all are where they should be. */
  private static Tensor tiled(Tensor numbers, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) numbers.at(i % numbers.size());
    }
    return Tensor.adopt(Shape.of(size), values).cast(DataType.FLOAT32);
  }
}
