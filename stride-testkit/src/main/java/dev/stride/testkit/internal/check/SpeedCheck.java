package dev.stride.testkit.internal.check;

import dev.stride.api.spi.Sample;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;

/** The best time of an adjoint against that of a forward. Warns, never fails. */
final class SpeedCheck implements Check {

  private static final int ROUNDS = 20;

  @Override
  public Rule rule() {
    return Rule.SPEED;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public String notApplicable(Sample sample, Declared declared) {
    return declared.adjointFactor() > 0 ? "" : "off; turn it on with adjointAtMost";
  }

  @Override
  public Finding run(Setting setting) {
    double most = setting.declared().adjointFactor();
    Subject subject = setting.subject();
    Vec point = subject.point();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    long forward = Long.MAX_VALUE;
    long adjoint = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      try (Forwarded forwarded = subject.forward(point)) {
        long middle = System.nanoTime();
        subject.adjoint(forwarded, cotangent);
        adjoint = Math.min(adjoint, System.nanoTime() - middle);
        forward = Math.min(forward, middle - start);
      }
    }
    double factor = (double) adjoint / Math.max(1, forward);
    Finding finding =
        factor <= most
            ? Finding.pass()
            : Finding.inconclusive(
                String.format(
                    Locale.ROOT,
                    "warning: the adjoint takes %.1f times as long as forward; declared %.1f",
                    factor,
                    most));
    return finding.figure("adjoint / forward", factor);
  }
}
