package dev.stride.testkit.internal.check;

import dev.stride.api.Signature;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;
import java.util.SplittableRandom;

/** The adjoint asks for no more than it declares, and what is declared linear is. */
final class DeclarationsCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.DECLARATIONS;
  }

  @Override
  public Finding run(Setting setting) {
    Subject strict = setting.subject().with(setting.subject().context().strictly());
    SplittableRandom random = setting.random(rule());
    strict.gradient(strict.point(), strict.outputs().gaussian(random));
    Signature signature = strict.arguments().signature();
    double worst = 0;
    for (String port : signature.linearIn()) {
      Linearity linearity = new Linearity(setting.subject(), port, random);
      double tolerance = setting.tolerances().dot(strict.type());
      double error = linearity.error(tolerance);
      if (!(error <= tolerance)) {
        return Finding.fail(
            String.format(
                Locale.ROOT,
                "declared linear in `%s`, but superposition is off by %.2e",
                port,
                error));
      }
      worst = Math.max(worst, error);
    }
    if (!signature.linearIn().isEmpty() && !isZeroAtZero(setting.subject(), signature)) {
      return Finding.fail(
          "declared linear in "
              + signature.linearIn()
              + ", but the outputs are not zero where those inputs are");
    }
    return Finding.pass().figure("superposition", worst);
  }

  /** Whether all inputs that are declared linear, at zero together, give zero. */
  private static boolean isZeroAtZero(Subject subject, Signature signature) {
    Vec point = subject.point();
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      if (signature.linearIn().contains(BoundArguments.port(subject.inputs().path(b)))) {
        point = point.minus(point.only(b));
      }
    }
    return subject.value(point).isZero();
  }

  /** {@code A(a u + b w) = a A u + b A w}, where {@code A u = f(u) - f(0)} in one port. */
  private static final class Linearity {

    private final Subject subject;
    private final String port;
    private final SplittableRandom random;
    private final Vec base;
    private final Vec atZero;

    Linearity(Subject subject, String port, SplittableRandom random) {
      this.subject = subject;
      this.port = port;
      this.random = random;
      this.base = subject.point().minus(inPort(subject.point()));
      this.atZero = subject.value(base);
    }

    double error(double tolerance) {
      Vec u = direction();
      Vec sum = subject.inputs().rounded(u.times(-2).plus(0.5, direction()));
      Vec w = subject.inputs().rounded(sum.plus(2, u).times(2));
      Vec ofU = image(u).times(-2);
      Vec ofW = image(w).times(0.5);
      double difference = image(sum).minus(ofU.plus(1, ofW)).norm();
      double size = ofU.norm() + ofW.norm() + atZero.norm();
      if (!(difference <= tolerance * size)) {
        double gain = Gain.of(this::image, this::direction, Vec::norm);
        size = Math.max(size, gain * (2 * u.norm() + 0.5 * w.norm()) + atZero.norm());
      }
      return difference == 0 ? 0 : difference / size;
    }

    private Vec image(Vec direction) {
      return subject.value(base.plus(1, direction)).minus(atZero);
    }

    private Vec direction() {
      Vec direction = inPort(subject.inputs().gaussian(random));
      for (int b = 0; b < direction.blocks(); b++) {
        double step = subject.step(b);
        direction = direction.plus(step - 1, direction.only(b));
      }
      return subject.inputs().rounded(direction);
    }

    private Vec inPort(Vec vector) {
      Vec result = subject.inputs().zeros();
      for (int b = 0; b < vector.blocks(); b++) {
        if (BoundArguments.port(subject.inputs().path(b)).equals(port)) {
          result = result.plus(1, vector.only(b));
        }
      }
      return result;
    }
  }
}
