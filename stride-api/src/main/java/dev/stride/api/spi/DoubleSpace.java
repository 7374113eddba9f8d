package dev.stride.api.spi;

/** {@link Double} as a vector space of one dimension. */
public final class DoubleSpace implements VectorSpace<Double> {

  /** The only instance that is needed. */
  public static final DoubleSpace INSTANCE = new DoubleSpace();

  private DoubleSpace() {}

  @Override
  public Class<Double> type() {
    return Double.class;
  }

  @Override
  public Spec<Double> spec(Double value) {
    return NumberSpec.DOUBLE;
  }

  @Override
  public Double add(Double a, Double b) {
    return a + b;
  }

  @Override
  public Double scale(Double value, double factor) {
    return value * factor;
  }

  @Override
  public double inner(Double a, Double b) {
    return a * b;
  }

  @Override
  public Double copy(Double value) {
    return value;
  }

  @Override
  public long bytes(Double value) {
    return Double.BYTES;
  }

  @Override
  public Range range(Double value) {
    RangeFinder range = new RangeFinder();
    range.add(value);
    return range.range();
  }

  @Override
  public Double precondition(Double gradient, Double preconditioner) {
    return preconditioner > 0 ? gradient / preconditioner : gradient;
  }

  private enum NumberSpec implements Spec<Double> {
    DOUBLE;

    @Override
    public Double zero() {
      return 0.0;
    }

    @Override
    public Double one() {
      return 1.0;
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
      return "Double";
    }
  }
}
