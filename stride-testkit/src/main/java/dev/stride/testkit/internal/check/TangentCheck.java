package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.TangentOperator;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.numeric.Pace;
import dev.stride.testkit.internal.numeric.Quotient;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;
import java.util.SplittableRandom;

/** The tangent against central differences, vector by vector. */
final class TangentCheck implements Check {

  private static final int PROBES = 3;
  private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-1, 1e-5, 1e-6};

  @Override
  public Rule rule() {
    return Rule.TANGENT;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public String notApplicable(Operator<?> operator) {
    return operator.unwrap() instanceof TangentOperator ? "" : "the operator has no tangent";
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    Vec point = subject.point();
    Vec middle = subject.value(point);
    double tolerance = setting.tolerances().differences();
    Outcome worst = new Outcome(0, 0);
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      for (int p = 0; p < PROBES; p++) {
        Vec noise = subject.inputs().gaussian(random);
        worst = worst.or(outcome(subject, point, middle, b, noise, tolerance));
      }
    }
    return worst.finding(tolerance);
  }

  private static Outcome outcome(
      Subject subject, Vec point, Vec middle, int input, Vec noise, double tolerance) {
    Vec even = Pace.EVEN.along(subject, input, noise);
    Outcome first = outcome(subject, point, middle, even, tolerance);
    if (first.isRight(tolerance) || first.isWrong(tolerance)) {
      return first;
    }
    Vec wide = Pace.WIDE.along(subject, input, noise);
    Outcome second = outcome(subject, point, middle, wide, tolerance);
    return second.isRight(tolerance) ? second : first;
  }

  private static Outcome outcome(
      Subject subject, Vec point, Vec middle, Vec direction, double tolerance) {
    Vec tangent = subject.tangent(point, direction);
    Outcome best = new Outcome(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    for (double step : STEPS) {
      Quotient quotient = Quotient.within(subject, point, middle, direction, step);
      if (quotient != null) {
        for (Vec candidate : quotient.candidates()) {
          double norm = Math.max(Math.max(candidate.norm(), tangent.norm()), 1e-13 * middle.norm());
          double error = norm == 0 ? 0 : candidate.minus(tangent).norm() / norm;
          double estimate = norm == 0 ? 0 : quotient.estimate().norm() / norm;
          best = error < best.error ? new Outcome(error, estimate) : best;
        }
      }
      if (best.error <= tolerance) {
        return best;
      }
    }
    return best;
  }

  private record Outcome(double error, double estimate) {
    Outcome or(Outcome other) {
      return other.error <= error ? this : other;
    }

    boolean isRight(double tolerance) {
      return error <= tolerance;
    }

    /** Whether the quotients are known well enough to say that the tangent is not their limit. */
    boolean isWrong(double tolerance) {
      return !isRight(tolerance) && error > 30 * estimate && error < Double.POSITIVE_INFINITY;
    }

    Finding finding(double tolerance) {
      if (isRight(tolerance)) {
        return Finding.pass().figure("error", error);
      }
      if (isWrong(tolerance)) {
        return Finding.fail(
                String.format(
                    Locale.ROOT,
                    "the tangent is not the derivative of forward (tolerance %.0e)",
                    tolerance))
            .figure("error", error);
      }
      return Finding.inconclusive("difference quotients are too inaccurate; set the sample's scale")
          .figure("error", error);
    }
  }
}
