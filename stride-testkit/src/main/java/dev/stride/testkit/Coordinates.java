package dev.stride.testkit;

import dev.stride.api.spi.VectorSpace;

/**
 * The real numbers that a value of some class consists of, so that the kit can perturb and compare
 * it.
 *
 * <p>Those of {@link dev.stride.api.Tensor} and {@link Double} are built in; give others to {@link
 * GradientChecker#coordinates}, or let the vector space that a pack registers give them. Stateless
 * and thread-safe.
 *
 * @param <T> class of the values
 */
public interface Coordinates<T> {

  /** Class of the values. */
  Class<T> type();

  /** Whether these are the coordinates of a value of {@link #type()}. */
  default boolean knows(T value) {
    return true;
  }

  /** The numbers of a value, in a fixed order; an array of the caller's own. */
  double[] toArray(T value);

  /**
   * A value from its numbers, rounded to what the class can hold.
   *
   * @param like a value of the same shape and type
   * @param coordinates as many numbers as {@link #toArray} gives for {@code like}. Not modified.
   */
  T fromArray(T like, double[] coordinates);

  /** Shape and type in words; values of equal text can be added. */
  String describe(T value);

  /** The coordinates that a vector space gives with {@link VectorSpace#numbers}. */
  static <T> Coordinates<T> of(VectorSpace<T> space) {
    return new SpaceCoordinates<>(space);
  }

  /** The value whose numbers are all zero. */
  default T zero(T like) {
    return fromArray(like, new double[toArray(like).length]);
  }
}
