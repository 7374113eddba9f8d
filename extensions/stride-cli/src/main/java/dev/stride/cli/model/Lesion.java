package dev.stride.cli.model;

/**
 * A lesion of a phantom: a round spot whose speed of sound differs from the tissue around it.
 *
 * @param name what reports call it
 * @param centreY y of its centre, in metres
 * @param centreX x of its centre, in metres
 * @param radius in metres
 * @param speed speed of sound in it, in m/s
 */
public record Lesion(String name, double centreY, double centreX, double radius, double speed) {

  /** Distance from the lesion's centre, in metres. */
  public double distance(double y, double x) {
    return Math.hypot(y - centreY, x - centreX);
  }
}
