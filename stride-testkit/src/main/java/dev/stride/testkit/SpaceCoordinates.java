package dev.stride.testkit;

import dev.stride.api.spi.VectorSpace;
import java.util.Objects;

/** The numbers that a vector space gives. */
record SpaceCoordinates<T>(VectorSpace<T> space) implements Coordinates<T> {

  @Override
  public Class<T> type() {
    return space.type();
  }

  @Override
  public boolean knows(T value) {
    return space.knows(value) && space.numbers(value) != null;
  }

  @Override
  public double[] toArray(T value) {
    return Objects.requireNonNull(space.numbers(value), "numbers");
  }

  @Override
  public T fromArray(T like, double[] coordinates) {
    return space.fromNumbers(like, coordinates);
  }

  @Override
  public String describe(T value) {
    return space.spec(value).toString();
  }

  @Override
  public T zero(T like) {
    return space.spec(like).zero();
  }
}
