package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Where a function is defined and smooth, and the samples that it is checked at there. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum Domain {
  /** All numbers. */
  ALL(v -> v),
  /** All numbers but those around 0, where there is a kink or a pole. */
  NOT_ZERO(v -> v + Math.copySign(0.3, v)),
  /** Positive numbers. */
  POSITIVE(v -> 0.5 + 1.5 / (1 + v * v)),
  /** Numbers between -1 and 1, away from both. */
  UNIT(v -> 0.9 * Math.tanh(v));

  /** Functions that are flat at negative ones show no gradient there. */
  private static final long OF_A_POSITIVE_NUMBER = 20;

  private static final List<Shape> SHAPES = List.of(Shape.of(4, 7), Shape.SCALAR, Shape.of(0, 3));

  private final DoubleUnaryOperator inside;

  Domain(DoubleUnaryOperator inside) {
    this.inside = inside;
  }

  /** A tensor of such numbers. */
  public Tensor of(Shape shape, long seed) {
    return Tensor.random(shape, DataType.FLOAT64, seed).map(inside);
  }

  /** Tensors of every kind of shape, on the heap, with the numbers behind them. */
  List<Sample> samples(Number... numbers) {
    List<Sample> samples = new ArrayList<>();
    for (Shape shape : SHAPES) {
      long seed = shape.rank() == 0 ? OF_A_POSITIVE_NUMBER : 23;
      List<Object> arguments = new ArrayList<>(List.of(of(shape, seed)));
      arguments.addAll(List.of(numbers));
      samples.add(Sample.of(arguments.toArray()));
    }
    return List.copyOf(samples);
  }

  /** Pairs of tensors: equal shapes, and two that are broadcast. */
  List<Sample> pairs() {
    return List.of(
        pair(Shape.of(4, 7), Shape.of(4, 7)).described("equal shapes"),
        pair(Shape.of(3, 5), Shape.SCALAR).described("scalar on the right"),
        pair(Shape.of(2, 3, 1, 2), Shape.of(3, 4, 1)).described("both are repeated"));
  }

  /** Two of those, for functions whose sums over repeated axes those of others are like. */
  List<Sample> twoPairs() {
    return List.of(pairs().getFirst(), pairs().getLast());
  }

  private Sample pair(Shape a, Shape b) {
    return Sample.of(of(a, 21), of(b, 22));
  }
}
