package dev.stride.testkit;

import dev.stride.api.DataType;

/**
 * How close is close enough; every figure is relative and normalised by norms.
 *
 * @param differences of projected central differences in float64; 1e-9 by default
 * @param jacobian of single derivatives in float64, relative to the largest; 1e-7 by default
 * @param dot64 of the dot test and of linearity in float64; 1e-12 by default
 * @param dot32 of the dot test and of linearity in float32; 1e-6 by default
 * @param taylorSlope least slope of the first-order remainder; 1.9 by default (2 is exact)
 * @param float32 of float32 results against float64 ones; 1e-4 by default
 * @param secondOrder of second derivatives against differences of gradients; 1e-5 by default
 */
public record Tolerances(
    double differences,
    double jacobian,
    double dot64,
    double dot32,
    double taylorSlope,
    double float32,
    double secondOrder) {

  private static final Tolerances DEFAULTS =
      new Tolerances(1e-9, 1e-7, 1e-12, 1e-6, 1.9, 1e-4, 1e-5);

  /** Checks that all are positive. */
  public Tolerances {
    if (!(differences > 0 && jacobian > 0 && dot64 > 0 && dot32 > 0)
        || !(taylorSlope > 0 && float32 > 0 && secondOrder > 0)) {
      throw new IllegalArgumentException("tolerances must be positive");
    }
  }

  /** Those of the operator contract. */
  public static Tolerances defaults() {
    return DEFAULTS;
  }

  /** With another tolerance of central differences. */
  public Tolerances withDifferences(double tolerance) {
    return new Tolerances(tolerance, jacobian, dot64, dot32, taylorSlope, float32, secondOrder);
  }

  /** With another tolerance of single derivatives. */
  public Tolerances withJacobian(double tolerance) {
    return new Tolerances(differences, tolerance, dot64, dot32, taylorSlope, float32, secondOrder);
  }

  /** With other tolerances of the dot test. */
  public Tolerances withDot(double float64Tolerance, double float32Tolerance) {
    return new Tolerances(
        differences,
        jacobian,
        float64Tolerance,
        float32Tolerance,
        taylorSlope,
        float32,
        secondOrder);
  }

  /** With another tolerance of float32 against float64. */
  public Tolerances withFloat32(double tolerance) {
    return new Tolerances(differences, jacobian, dot64, dot32, taylorSlope, tolerance, secondOrder);
  }

  /** The tolerance of the dot test in a type. */
  public double dot(DataType type) {
    return type == DataType.FLOAT64 ? dot64 : dot32;
  }
}
