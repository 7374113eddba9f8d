package dev.stride.api.spi;

import dev.stride.api.Device;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a class of values: how to add, scale and measure them.
 *
 * <p>Found by the value's class and device. Registered by a pack with {@link
 * OperatorRegistrar#vectorSpace}; those of {@link dev.stride.api.Tensor} on the heap and of {@link
 * Double} come with the engine. Values are immutable: every method returns a new value or one that
 * exists. Stateless and thread-safe: any thread of the engine may call them. What one throws fails
 * the call or run that needed it, and no leaf changes.
 *
 * @param <T> class of the values
 */
public interface VectorSpace<T> {

  /** Class of the values. */
  Class<T> type();

  /** Where they live. */
  default Device device() {
    return Device.CPU;
  }

  /** Whether this space knows a value of {@link #type()}, for instance by its device. */
  default boolean knows(T value) {
    return true;
  }

  /** Shape and type of a value, without the value. */
  Spec<T> spec(T value);

  /** The sum of two values of equal spec. */
  T add(T a, T b);

  /** A value times a number. */
  T scale(T value, double factor);

  /** The inner product of two values of equal spec, accumulated so that error does not grow. */
  double inner(T a, T b);

  /** A value that shares nothing with the one given. */
  T copy(T value);

  /** Bytes that a value takes. */
  long bytes(T value);

  /** Smallest and largest element, NaNs and infinities. */
  Range range(T value);

  /** A buffer of the engine's own that sums values of one spec. */
  default Accumulator<T> accumulator(Spec<T> spec) {
    return new AddingAccumulator<>(this);
  }

  /**
   * The gradient divided by its preconditioner, for {@link dev.stride.api.Variable#processGrad}; by
   * default the gradient itself.
   */
  default T precondition(T gradient, T preconditioner) {
    return gradient;
  }

  /**
   * A value of another device's space as one of this.
   *
   * @return null if this space cannot take it
   */
  default @Nullable T transfer(Object value) {
    return null;
  }

  /**
   * When a value is really there, for a device that computes after operators have handed their work
   * over: completes when the value can be read, and fails with what kept the device from computing
   * it or something that it was computed from. Runs wait for it before they add gradients to
   * leaves, so that they add to all or to none. No thread waits meanwhile; any thread may complete
   * it.
   *
   * @return null, by default: a value that can be seen is there
   */
  default @Nullable CompletionStage<?> arrival(T value) {
    return null;
  }

  /**
   * Who is told which values of this space an adjoint run holds, in order to free them early. An
   * accumulator of a space that wants to know refers to no value any more once it has a second one.
   *
   * @return null, by default: nobody, as for values that are ordinary objects of the heap
   */
  default @Nullable Custody<T> custody() {
    return null;
  }

  /**
   * The real numbers that a value consists of, in a fixed order, so that the testkit can perturb
   * and compare it. An array of the caller's own.
   *
   * @return null, by default: the numbers are not known and gradients cannot be checked
   */
  default double @Nullable [] numbers(T value) {
    return null;
  }

  /**
   * A value from its numbers, rounded to what the class can hold. Needed where {@link #numbers}
   * gives some.
   *
   * @param like a value of the same spec
   * @param numbers as many as {@link #numbers} gives for {@code like}. Not modified.
   */
  default T fromNumbers(T like, double[] numbers) {
    throw new UnsupportedOperationException(
        getClass().getName() + " gives numbers of its values; override fromNumbers too");
  }

  /**
   * Shape and type of a value: enough to check others against it and to make zeros.
   *
   * @param <T> class of the values
   */
  interface Spec<T> {

    /** Zeros of this spec. */
    T zero();

    /** Ones of this spec. */
    T one();

    /** Whether it is a single number, so that it can be the root of a run without a seed. */
    boolean isScalar();

    /** Bytes of a value of this spec. */
    long bytes();

    /** As messages print it: {@code Tensor[4, 128] float32}. Equal specs have equal text. */
    @Override
    String toString();

    /** Whether values of the two can be added. */
    @Override
    boolean equals(@Nullable Object other);

    @Override
    int hashCode();
  }

  /**
   * Sums values in the order they come, in a buffer that nobody has seen. Used by one thread at a
   * time.
   *
   * @param <T> class of the values
   */
  interface Accumulator<T> {

    /** Adds a value. Not modified. */
    void add(T value);

    /** The sum; the accumulator must not be used after this. Without any value, null. */
    @Nullable T sum();
  }

  /**
   * Extent of a value's elements.
   *
   * @param min smallest finite element; positive infinity if there is none
   * @param max largest finite element; negative infinity if there is none
   * @param nans number of NaNs
   * @param infinities number of infinities
   */
  record Range(double min, double max, long nans, long infinities) {

    /** Whether every element is finite. */
    public boolean isFinite() {
      return nans == 0 && infinities == 0;
    }

    @Override
    public String toString() {
      String finite = min <= max ? "[" + min + ", " + max + "]" : "no finite element";
      return isFinite() ? finite : finite + ", " + nans + " NaN, " + infinities + " infinite";
    }
  }
}
