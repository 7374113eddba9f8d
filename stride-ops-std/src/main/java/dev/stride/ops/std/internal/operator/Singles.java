package dev.stride.ops.std.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tensors that samples of operators on one tensor are made of: every rank, odd sizes, one element.
 */
public final class Singles {

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(4, 7),
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(31),
          Shape.of(2, 1, 3),
          Shape.of(2, 3, 1, 2),
          Shape.of(0, 3));

  private Singles() {}

  /** Standard normal tensors, large ones and small ones. */
  public static Stream<Tensor> normal() {
    Tensor few = normal(Shape.of(5, 3));
    return Stream.concat(
        SHAPES.stream().map(Singles::normal), Stream.of(few.times(1e6), few.times(1e-6)));
  }

  /** A standard normal tensor. */
  public static Tensor normal(Shape shape) {
    return Tensor.random(shape, DataType.FLOAT64, 23);
  }
}
