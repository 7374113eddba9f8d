package dev.stride.testkit.internal.call;

import dev.stride.api.spi.VectorSpace;
import dev.stride.testkit.Coordinates;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vector space that coordinates make, for engines that the kit runs operators on.
 *
 * @param coordinates of the values
 */
record CoordinatesSpace<T>(Coordinates<T> coordinates) implements VectorSpace<T> {

  @Override
  public Class<T> type() {
    return coordinates.type();
  }

  @Override
  public boolean knows(T value) {
    return coordinates.knows(value);
  }

  @Override
  public Spec<T> spec(T value) {
    return new LikeSpec<>(coordinates, value, coordinates.describe(value));
  }

  @Override
  public T add(T a, T b) {
    double[] sum = coordinates.toArray(a);
    double[] other = coordinates.toArray(b);
    Arrays.setAll(sum, i -> sum[i] + other[i]);
    return coordinates.fromArray(a, sum);
  }

  @Override
  public T scale(T value, double factor) {
    return map(value, v -> v * factor);
  }

  @Override
  public double inner(T a, T b) {
    double[] first = coordinates.toArray(a);
    double[] second = coordinates.toArray(b);
    return IntStream.range(0, first.length).mapToDouble(i -> first[i] * second[i]).sum();
  }

  @Override
  public T copy(T value) {
    return map(value, v -> v);
  }

  private T map(T value, DoubleUnaryOperator function) {
    double[] numbers = Arrays.stream(coordinates.toArray(value)).map(function).toArray();
    return coordinates.fromArray(value, numbers);
  }

  @Override
  public long bytes(T value) {
    return (long) coordinates.toArray(value).length * Double.BYTES;
  }

  @Override
  public Range range(T value) {
    double[] numbers = coordinates.toArray(value);
    double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
    long nans = Arrays.stream(numbers).filter(Double::isNaN).count();
    return new Range(
        Arrays.stream(finite).min().orElse(Double.POSITIVE_INFINITY),
        Arrays.stream(finite).max().orElse(Double.NEGATIVE_INFINITY),
        nans,
        numbers.length - finite.length - nans);
  }

  /** Values like one that is kept; equal by what the coordinates say of it. */
  private record LikeSpec<T>(Coordinates<T> coordinates, T like, String text) implements Spec<T> {

    @Override
    public T zero() {
      return coordinates.zero(like);
    }

    @Override
    public T one() {
      double[] ones = new double[size()];
      Arrays.fill(ones, 1);
      return coordinates.fromArray(like, ones);
    }

    @Override
    public boolean isScalar() {
      return size() == 1;
    }

    @Override
    public long bytes() {
      return (long) size() * Double.BYTES;
    }

    private int size() {
      return coordinates.toArray(like).length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof LikeSpec<?> spec && spec.text.equals(text);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
