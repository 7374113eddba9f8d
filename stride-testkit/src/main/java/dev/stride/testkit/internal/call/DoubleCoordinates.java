package dev.stride.testkit.internal.call;

import dev.stride.testkit.Coordinates;

/** A double is its own coordinate. */
final class DoubleCoordinates implements Coordinates<Double> {

  @Override
  public Class<Double> type() {
    return Double.class;
  }

  @Override
  public double[] toArray(Double value) {
    return new double[] {value};
  }

  @Override
  public Double fromArray(Double like, double[] coordinates) {
    return coordinates[0];
  }

  @Override
  public String describe(Double value) {
    return "Double";
  }
}
