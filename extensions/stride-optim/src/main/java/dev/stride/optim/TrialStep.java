package dev.stride.optim;

/**
 * Chooses how far to go from the loss at a point, its slope, and the loss at one trial point: to
 * the lowest point of the parabola through the three.
 *
 * @param least smallest share of the trial step to go; positive
 * @param most largest share of the trial step to go; at least {@code least}
 */
public record TrialStep(double least, double most) {

  /** From a twentieth of the trial step to two and a half times it. */
  public static final TrialStep DEFAULT = new TrialStep(0.05, 2.5);

  /** Checks the limits. */
  public TrialStep {
    if (!(least > 0) || !(most >= least)) {
      throw new IllegalArgumentException(
          "trial step: got limits %s and %s. They must be positive and in this order."
              .formatted(least, most));
    }
  }

  /**
   * The share of the trial step to go. Where the parabola has no lowest point: as far as allowed if
   * the loss fell, else as little as allowed. A trial loss that is not a number counts as a rise.
   *
   * @param loss at the start
   * @param slope derivative of the loss along the trial step, per trial step
   * @param trialLoss after the trial step
   */
  public double share(double loss, double slope, double trialLoss) {
    double curvature = trialLoss - loss - slope;
    if (curvature > 0) {
      return Math.clamp(-slope / (2 * curvature), least, most);
    }
    return trialLoss < loss ? most : least;
  }
}
