package dev.stride.ops.std.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tensors that samples of operators on one tensor are made of: every rank, odd sizes, one element.
 */
public final class Singles {

  private static final List<Shape> SHAPES =
      List.of(Shape.of(4, 7), Shape.SCALAR, Shape.of(1), Shape.of(2, 1, 3), Shape.of(31));

  private Singles() {}

  /** Standard normal tensors and one that is ill-scaled. */
  public static List<Sample> samples() {
    return Stream.concat(
            normal().map(Sample::of),
            Stream.of(Sample.of(normal(Shape.of(5, 3)).times(1e6)).described("large numbers")))
        .toList();
  }

  /** Standard normal tensors. */
  public static Stream<Tensor> normal() {
    return SHAPES.stream().map(Singles::normal);
  }

  /** Tensors of numbers between 0.5 and 2. */
  public static Stream<Tensor> positive() {
    return SHAPES.stream().map(shape -> Pairs.positive(shape, 24));
  }

  public static Tensor normal(Shape shape) {
    return Tensor.random(shape, DataType.FLOAT64, 23);
  }
}
