package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Where a function is defined and smooth, and the samples that it is checked at there. */
final class Domain {
  /** All numbers, small and large. */
  static final Domain ALL = new Domain(v -> v, 1e-6, 1e6, 1);

  /** All numbers, for functions that curve at a size of 1 and overflow at large ones. */
  static final Domain MODERATE = new Domain(v -> v, 1e-6, 20, 1e5);

  /** The same for functions that are flat at 0, whose changes would be lost in rounding there. */
  static final Domain FLAT_AT_ZERO = new Domain(v -> v, 1e-2, 20, 10);

  /** All numbers but those around 0, where there is a kink or a pole. */
  static final Domain NOT_ZERO = new Domain(v -> -v - Math.copySign(0.3, v), 1e-6, 1e6, 1);

  /** Positive numbers. */
  static final Domain POSITIVE = new Domain(v -> 0.5 + 1.5 / (1 + v * v), 1e-6, 1e6, 1);

  /** Numbers above -1. */
  static final Domain ABOVE_MINUS_ONE = new Domain(v -> 0.5 * Math.tanh(v), 1e-6, 2, 1e5);

  /** Numbers between -1 and 1. */
  static final Domain UNIT = new Domain(v -> 0.9 * Math.tanh(v), 1e-6, 1, 1e5);

  /** Numbers between the poles of the tangent. */
  static final Domain ANGLE = new Domain(v -> Math.tanh(v), 1e-6, 1.4, 1e5);

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(4, 7),
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(31),
          Shape.of(2, 1, 3),
          Shape.of(2, 3, 1, 2),
          Shape.of(0, 3));

  private final DoubleUnaryOperator inside;
  private final double small;
  private final double large;

  /** Steps at small numbers, in terms of those, that the functions do not curve in. */
  private final double steps;

  private Domain(DoubleUnaryOperator inside, double small, double large, double steps) {
    this.inside = inside;
    this.small = small;
    this.large = large;
    this.steps = steps;
  }

  /** Numbers of the domain, of size 1 or so. */
  Tensor of(Shape shape) {
    return Tensor.random(shape, DataType.FLOAT64, 23).map(inside);
  }

  /**
   * Tensors of every rank up to 4, of one element and of none, and of small and large numbers.
   *
   * @param numbers the arguments behind the tensor
   */
  List<Sample> samples(Number... numbers) {
    List<Sample> samples = new ArrayList<>();
    for (Shape shape : SHAPES) {
      samples.add(sample(of(shape), numbers));
    }
    samples.add(
        sample(of(Shape.of(5, 3)).times(small), numbers).scaled(steps).described("small numbers"));
    samples.add(sample(of(Shape.of(5, 3)).times(large), numbers).described("large numbers"));
    return List.copyOf(samples);
  }

  private static Sample sample(Tensor x, Number... numbers) {
    Object[] arguments = new Object[numbers.length + 1];
    arguments[0] = x;
    System.arraycopy(numbers, 0, arguments, 1, numbers.length);
    return Sample.of(arguments);
  }
}
