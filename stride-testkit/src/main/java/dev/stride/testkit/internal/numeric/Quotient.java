package dev.stride.testkit.internal.numeric;

import dev.stride.testkit.internal.call.ContractViolation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Difference quotients of a function along one direction, from steps {@code h}, {@code h/2} and
 * {@code h/4} to both sides.
 *
 * @param candidates the derivative of order 2, 4 and 6, by Richardson's extrapolation
 * @param estimate bound of the last one's error: its distance from the one before
 * @param jump difference of the one-sided quotients at {@code h}
 * @param jumpAtQuarter the same at {@code h/4}: a quarter of it where the function is smooth
 * @param step {@code h}
 */
public record Quotient(
    List<Vec> candidates, Vec estimate, Vec jump, Vec jumpAtQuarter, double step) {

  /** Step at which kinks are looked for. */
  public static final double KINK_STEP = 1e-5;

  /**
   * Takes the quotients; null if a step leaves the operator's domain: it refuses the arguments, or
   * its outputs are not finite.
   *
   * @param middle the function at the point
   */
  public static @Nullable Quotient within(
      Subject subject, Vec point, Vec middle, Vec direction, double step) {
    try {
      Quotient quotient = along(subject, point, middle, direction, step);
      return quotient.isFinite() ? quotient : null;
    } catch (ContractViolation outside) {
      return null;
    }
  }

  private static Quotient along(
      Subject subject, Vec point, Vec middle, Vec direction, double step) {
    Pair whole = Pair.at(subject, point, middle, direction, step);
    Pair half = Pair.at(subject, point, middle, direction, step / 2);
    Pair quarter = Pair.at(subject, point, middle, direction, step / 4);
    Vec fourth = half.central().times(4 / 3.0).plus(-1 / 3.0, whole.central());
    Vec fourthAtHalf = quarter.central().times(4 / 3.0).plus(-1 / 3.0, half.central());
    Vec sixth = fourthAtHalf.times(16 / 15.0).plus(-1 / 15.0, fourth);
    return new Quotient(
        List.of(whole.central(), fourthAtHalf, sixth),
        sixth.minus(fourthAtHalf),
        whole.jump(),
        quarter.jump(),
        step);
  }

  /** The most accurate candidate where the function is smooth. */
  public Vec best() {
    return candidates.getLast();
  }

  private boolean isFinite() {
    return best().isFinite() && candidates.getFirst().isFinite();
  }

  /**
   * Whether the one-sided quotients disagree and do not come closer as the step shrinks.
   *
   * @param block the output looked at
   * @param size norm of that output
   */
  public boolean isKink(int block, double size) {
    double noise = 32 * 0x1p-52 * size / step;
    double coarse = jump.norm(block);
    double fine = jumpAtQuarter.norm(block);
    return fine > 0.6 * coarse && fine > 1e-6 * best().norm(block) && fine > 10 * noise;
  }

  private record Pair(Vec central, Vec jump) {
    static Pair at(Subject subject, Vec point, Vec middle, Vec direction, double step) {
      Vec right = subject.value(point.plus(step, direction));
      Vec left = subject.value(point.plus(-step, direction));
      Vec central = right.minus(left).times(0.5 / step);
      Vec jump = right.plus(-2, middle).plus(1, left).times(1 / step);
      return new Pair(central, jump);
    }
  }
}
