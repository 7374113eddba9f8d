package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;

/**
 * What is linear stays so for tiny and huge numbers: gradients for cotangents, and outputs for
 * inputs that they are proportional to, times powers of two around 1e12 (1e6 in float32) and their
 * inverses.
 */
final class ScaleCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.SCALE;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    double tolerance = setting.tolerances().dot(subject.type());
    double factor = subject.type() == DataType.FLOAT64 ? 0x1p40 : 0x1p20;
    Vec point = subject.point();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    Vec gradient = subject.gradient(point, cotangent);
    Vec value = subject.value(point);
    double worst = 0;
    for (double scale : new double[] {factor, 1 / factor}) {
      Vec scaled = subject.gradient(point, cotangent.times(scale));
      double error = error(gradient.times(scale), scaled);
      if (!(error <= tolerance)) {
        return wrong("cotangents", scale, "the gradients", error, tolerance);
      }
      worst = Math.max(worst, error);
      for (String port : subject.arguments().signature().linearIn()) {
        Vec part = in(port, subject);
        if (subject.value(point.minus(part)).isZero()) {
          Vec moved = subject.value(point.minus(part).plus(scale, part));
          error = error(value.times(scale), moved);
          if (!(error <= tolerance)) {
            return wrong("`" + port + "`", scale, "the outputs", error, tolerance);
          }
          worst = Math.max(worst, error);
        }
      }
    }
    return Finding.pass().figure("error", worst);
  }

  private static Vec in(String port, Subject subject) {
    Vec part = subject.inputs().zeros();
    for (int b = 0; b < part.blocks(); b++) {
      if (BoundArguments.port(subject.inputs().path(b)).equals(port)) {
        part = part.plus(1, subject.point().only(b));
      }
    }
    return part;
  }

  private static double error(Vec expected, Vec got) {
    double difference = got.minus(expected).norm();
    return difference == 0 ? 0 : difference / expected.norm();
  }

  private static Finding wrong(
      String what, double scale, String result, double error, double tolerance) {
    return Finding.fail(
            String.format(
                Locale.ROOT,
                "with %s times %.0e, %s are not those times %.0e: error %.2e (tolerance %.0e)."
                    + " Compare sizes with each other, not with fixed numbers.",
                what,
                scale,
                result,
                scale,
                error,
                tolerance))
        .figure("error", error);
  }
}
