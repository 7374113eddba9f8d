package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;
import java.util.SplittableRandom;

/** {@code adjoint(a v + b w) = a adjoint(v) + b adjoint(w)}, and zeros for zeros. */
final class CotangentLinearityCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.COTANGENT_LINEARITY;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    Vec point = subject.point();
    // Powers of two, so that scaling adds no rounding of its own.
    double a = -2;
    double b = 0.5;
    Vec v = subject.outputs().gaussian(random);
    Vec w = subject.outputs().gaussian(random);
    Vec sum = subject.outputs().rounded(v.times(a).plus(b, w));
    Vec exactW = subject.outputs().rounded(sum.plus(-a, v).times(1 / b));
    Vec together = subject.gradient(point, sum);
    Vec first = subject.gradient(point, v).times(a);
    Vec second = subject.gradient(point, exactW).times(b);
    double sizes = -a * v.norm() + b * exactW.norm() + sum.norm();
    double tolerance = setting.tolerances().dot(subject.type());
    double worst = 0;
    String where = "";
    for (int i = 0; i < point.blocks(); i++) {
      double size = first.norm(i) + second.norm(i) + together.norm(i);
      double difference = together.minus(first.plus(1, second)).norm(i);
      if (!(difference <= tolerance * size)) {
        size = Math.max(size, gain(subject, point, i, random) * sizes);
      }
      double error = difference == 0 ? 0 : difference / size;
      if (!(error <= worst)) {
        worst = error;
        where = subject.inputs().path(i);
      }
    }
    if (!(worst <= tolerance)) {
      return Finding.fail(
              String.format(
                  Locale.ROOT,
                  "the adjoint is not linear in the cotangent: error %.2e in `%s` (tolerance"
                      + " %.0e)",
                  worst,
                  where,
                  tolerance))
          .figure("error", worst);
    }
    Vec zero = subject.gradient(point, subject.outputs().zeros());
    return zero.isZero()
        ? Finding.pass().figure("error", worst)
        : Finding.fail("a zero cotangent gives a gradient that is not zero");
  }

  private static double gain(Subject subject, Vec point, int block, SplittableRandom random) {
    return Gain.of(
        cotangent -> subject.gradient(point, cotangent),
        () -> subject.outputs().gaussian(random),
        gradient -> gradient.norm(block));
  }
}
