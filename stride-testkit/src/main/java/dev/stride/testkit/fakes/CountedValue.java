package dev.stride.testkit.fakes;

import dev.stride.api.spi.VectorSpace;
import dev.stride.testkit.Coordinates;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number of a class of its own, for tests with values that the engine does not know by itself:
 * register {@link Space} with a pack and give {@link #coordinates()} to a gradient checker.
 *
 * @param number the number
 * @param counts what happened to it and to the values made from it
 */
public record CountedValue(double number, Counts counts) {

  /** A value with counts of its own. */
  public static CountedValue of(double number) {
    return new CountedValue(number, new Counts());
  }

  /** A value with the same counts. */
  public CountedValue with(double other) {
    return new CountedValue(other, counts);
  }

  /** Its only coordinate is the number. */
  public static Coordinates<CountedValue> coordinates() {
    return new NumberCoordinates();
  }

  /** How often values of one family were made or added. Thread-safe. */
  public static final class Counts {

    private final AtomicInteger zeros = new AtomicInteger();
    private final AtomicInteger sums = new AtomicInteger();

    private Counts() {}

    /** How often zeros were made. */
    public int zeros() {
      return zeros.get();
    }

    /** How often two values were added. */
    public int sums() {
      return sums.get();
    }
  }

  /** The vector space of these values; it counts what it is asked for. */
  public static final class Space implements VectorSpace<CountedValue> {

    /** A space; all are equal. */
    public Space() {}

    @Override
    public Class<CountedValue> type() {
      return CountedValue.class;
    }

    @Override
    public Spec<CountedValue> spec(CountedValue value) {
      return new CountedSpec(value.counts);
    }

    @Override
    public CountedValue add(CountedValue a, CountedValue b) {
      a.counts.sums.incrementAndGet();
      return a.with(a.number + b.number);
    }

    @Override
    public CountedValue scale(CountedValue value, double factor) {
      return value.with(value.number * factor);
    }

    @Override
    public double inner(CountedValue a, CountedValue b) {
      return a.number * b.number;
    }

    @Override
    public CountedValue copy(CountedValue value) {
      return value.with(value.number);
    }

    @Override
    public double[] numbers(CountedValue value) {
      return new double[] {value.number};
    }

    @Override
    public CountedValue fromNumbers(CountedValue like, double[] numbers) {
      return like.with(numbers[0]);
    }

    @Override
    public long bytes(CountedValue value) {
      return Double.BYTES;
    }

    @Override
    public Range range(CountedValue value) {
      boolean finite = Double.isFinite(value.number);
      boolean nan = Double.isNaN(value.number);
      return new Range(
          finite ? value.number : Double.POSITIVE_INFINITY,
          finite ? value.number : Double.NEGATIVE_INFINITY,
          nan ? 1 : 0,
          finite || nan ? 0 : 1);
    }
  }

  private record CountedSpec(Counts counts) implements VectorSpace.Spec<CountedValue> {

    @Override
    public CountedValue zero() {
      counts.zeros.incrementAndGet();
      return new CountedValue(0, counts);
    }

    @Override
    public CountedValue one() {
      return new CountedValue(1, counts);
    }

    @Override
    public boolean isScalar() {
      return true;
    }

    @Override
    public long bytes() {
      return Double.BYTES;
    }

    @Override
    public String toString() {
      return "CountedValue";
    }
  }

  private record NumberCoordinates() implements Coordinates<CountedValue> {

    @Override
    public Class<CountedValue> type() {
      return CountedValue.class;
    }

    @Override
    public double[] toArray(CountedValue value) {
      return new double[] {value.number};
    }

    @Override
    public CountedValue fromArray(CountedValue like, double[] coordinates) {
      return like.with(coordinates[0]);
    }

    @Override
    public String describe(CountedValue value) {
      return "CountedValue";
    }
  }
}
