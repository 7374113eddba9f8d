package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.TangentOperator;
import dev.stride.testkit.Rule;
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
        Vec direction = subject.inputs().gaussian(random).only(b).times(subject.step(b));
        Vec tangent = subject.tangent(point, direction);
        worst = worst.or(outcome(subject, point, middle, direction, tangent, tolerance));
      }
    }
    return worst.finding(tolerance);
  }

  private static Outcome outcome(
      Subject subject, Vec point, Vec middle, Vec direction, Vec tangent, double tolerance) {
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

    Finding finding(double tolerance) {
      if (error <= tolerance) {
        return Finding.pass().figure("error", error);
      }
      if (error > 30 * estimate && error < Double.POSITIVE_INFINITY) {
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
