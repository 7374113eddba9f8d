package dev.stride.cli.acquisition;

/**
 * Where a transducer is.
 *
 * @param y in metres
 * @param x in metres
 */
public record Position(double y, double x) {

  /** Distance to another position, in metres. */
  public double distance(Position other) {
    return Math.hypot(y - other.y, x - other.x);
  }
}
