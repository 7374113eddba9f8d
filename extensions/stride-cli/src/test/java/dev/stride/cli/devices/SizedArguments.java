package dev.stride.cli.devices;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.Arrays;
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
      case "triangular-solve", "solve" -> Arguments.of(matrix(size), tensor(extent(size), 2));
      case "cholesky", "inverse", "logdet", "symmetric-eigenvalues" -> Arguments.of(matrix(size));
      case "determinant" -> Arguments.of(matrix(Math.min(size, 16)));
      case "singular-values" -> Arguments.of(rows(matrix(size), Math.ceilDiv(extent(size), 2)));
      case "inverse-real-fft" -> Arguments.of(line(size), line(size).plus(1), 2 * size - 1);
      case "instantaneous-phase" -> Arguments.of(turning(size));
      case "time-shift" -> Arguments.of(line(size), Tensor.scalar(0.3f), 0.5);
      case "travel-time" -> Arguments.of(pulse(size + 4, 0.4), pulse(size + 4, 0.52), 0.5);
      case "csr-matvec" ->
          Arguments.of(
              line(size),
              line(size).plus(1),
              indices(size / 2 + 2, i -> Math.min(2 * i, size)),
              indices(size, i -> i * 7 % size));
      case "time-derivative" -> Arguments.of(tensor(size + 1), 0.5);
      case "interpolate" -> Arguments.of(line(size + 1), places(size), "sinc");
      case "inject" -> Arguments.of(line(size), places(size), Shape.of(size + 1));
      default -> BothDevices.mapped(sample.arguments(), argument -> sized(argument, size));
    };
  }

  private static Tensor line(int size) {
    return tensor(size);
  }

  private static Tensor tensor(int... extents) {
    return Tensor.random(Shape.of(extents), DataType.FLOAT32, 5);
  }

  /** Extent of a matrix, which cannot have thousands. */
  private static int extent(int size) {
    return Math.min(size, 52);
  }

  /** A matrix of a strong diagonal, which keeps its eigenvalues and singular values apart. */
  private static Tensor matrix(int size) {
    int n = extent(size);
    float[] values = tensor(n, n).times(0.1).toFloatArray();
    for (int i = 0; i < n; i++) {
      values[i * n + i] += 1 + 0.5f * i;
    }
    return Tensor.adopt(Shape.of(n, n), values);
  }

  /** The first rows of a matrix. */
  private static Tensor rows(Tensor matrix, int count) {
    int columns = matrix.shape().extent(-1);
    float[] values = Arrays.copyOf(matrix.toFloatArray(), count * columns);
    return Tensor.adopt(Shape.of(count, columns), values);
  }

  /** A trace whose phase turns once and whose envelope vanishes nowhere. */
  private static Tensor turning(int size) {
    float[] values = line(size).times(0.1).toFloatArray();
    for (int i = 0; i < size; i++) {
      values[i] += (float) (3 * Math.cos(2 * Math.PI * (i + 0.1) / size));
    }
    return Tensor.adopt(Shape.of(size), values);
  }

  /** A trace with a pulse at a part of its duration. */
  private static Tensor pulse(int size, double place) {
    float[] values = line(size).times(0.05).toFloatArray();
    for (int i = 0; i < size; i++) {
      double distance = (i - place * size) / Math.max(1, size / 8.0);
      values[i] += (float) ((1 - distance * distance) * Math.exp(-0.5 * distance * distance));
    }
    return Tensor.adopt(Shape.of(size), values);
  }

  private static Tensor indices(int size, IntUnaryOperator index) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = index.applyAsInt(i);
    }
    return Tensor.adopt(Shape.of(size), values);
  }

  /** A point in each cell of a line, from the last one to the first. */
  private static Tensor places(int size) {
    return indices(size, i -> size - 1 - i)
        .plus(0.3)
        .cast(DataType.FLOAT32)
        .reshape(Shape.of(size, 1));
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
