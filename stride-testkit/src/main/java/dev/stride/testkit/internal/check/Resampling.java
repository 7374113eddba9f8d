package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Repeats a check at points near the sample while the operator has a kink where it is made. */
public final class Resampling {

  private static final int MOST = 5;
  private static final double[] NUDGES = {1e-2, 1e-4, 1e-6};

  /** Figure of a finding that says that a kink kept it from telling. */
  static final String KINK = "kinks";

  private Resampling() {}

  /** The first finding that no kink spoils, or the last. */
  static Finding run(Subject subject, SplittableRandom random, Function<Subject, Finding> check) {
    Finding finding = check.apply(subject);
    int resampled = 0;
    while (finding.figures().containsKey(KINK) && resampled < MOST) {
      resampled++;
      finding = check.apply(subject.at(near(subject, random)));
    }
    return resampled == 0 ? finding : finding.figure("resampled", resampled);
  }

  static Finding kink(String where) {
    return Finding.inconclusive(
            "the operator has a kink " + where + ": left and right differences disagree")
        .figure(KINK, 1);
  }

  /** A point near the sample's and in the operator's domain; the sample's own if there is none. */
  public static Vec near(Subject subject, SplittableRandom random) {
    Vec noise = subject.inputs().gaussian(random);
    for (double nudge : NUDGES) {
      Vec moved = moved(subject, noise, nudge);
      if (isInside(subject, moved)) {
        return moved;
      }
    }
    return subject.point();
  }

  private static Vec moved(Subject subject, Vec noise, double nudge) {
    Vec moved = subject.point();
    for (int b = 0; b < moved.blocks(); b++) {
      moved = moved.plus(nudge * subject.step(b), noise.only(b));
    }
    return subject.inputs().rounded(moved);
  }

  private static boolean isInside(Subject subject, Vec point) {
    try {
      return subject.value(point).isFinite();
    } catch (ContractViolation outside) {
      return false;
    }
  }
}
