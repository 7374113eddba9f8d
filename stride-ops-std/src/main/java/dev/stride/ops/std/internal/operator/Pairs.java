package dev.stride.ops.std.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;

/** Samples for operators on two tensors that broadcast: each rule of broadcasting once. */
public final class Pairs {

  private Pairs() {}

  public static List<Sample> samples() {
    return List.of(
        of(Shape.of(4, 7), Shape.of(4, 7)).described("equal shapes"),
        of(Shape.SCALAR, Shape.SCALAR).described("scalars"),
        of(Shape.of(3, 5), Shape.SCALAR).described("scalar on the right"),
        of(Shape.SCALAR, Shape.of(2, 1, 3)).described("scalar on the left"),
        of(Shape.of(4, 1, 3), Shape.of(5, 1)).described("both are repeated"),
        of(Shape.of(2, 3, 1, 2), Shape.of(3, 4, 2)).described("a middle axis is repeated"),
        of(Shape.of(1), Shape.of(1)).described("one element"),
        Sample.of(positive(Shape.of(3, 4), 21).times(1e6), positive(Shape.of(3, 4), 22).times(1e6))
            .described("large numbers"),
        Sample.of(
                positive(Shape.of(3, 4), 21).times(1e-6), positive(Shape.of(3, 4), 22).times(1e-6))
            .described("small numbers"),
        of(Shape.of(0, 3), Shape.of(3)).described("empty"));
  }

  /** The same, and one of factors of very different size. */
  public static List<Sample> samplesOfProducts() {
    List<Sample> samples = new ArrayList<>(samples());
    samples.add(
        Sample.of(positive(Shape.of(3, 4), 21).times(1e6), positive(Shape.of(3, 4), 22).times(1e-3))
            .described("ill-scaled"));
    return List.copyOf(samples);
  }

  private static Sample of(Shape a, Shape b) {
    return Sample.of(positive(a, 21), positive(b, 22));
  }

  /** Numbers between 0.5 and 2, away from the pole of a quotient. */
  public static Tensor positive(Shape shape, long seed) {
    return Tensor.random(shape, DataType.FLOAT64, seed).map(v -> 0.5 + 1.5 / (1 + v * v));
  }
}
