package dev.stride.testkit.internal.check;

import dev.stride.api.spi.Sample;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.check.Declared.Alternative;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;

/** Other implementations that are declared to agree give the same outputs and gradients. */
final class AlternativesCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.ALTERNATIVES;
  }

  @Override
  public String notApplicable(Sample sample, Declared declared) {
    return !declared.alternatives().isEmpty() ? "" : "no alternative is declared";
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec point = subject.point();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    Vec value = subject.value(point);
    Vec gradient = subject.gradient(point, cotangent);
    double worst = 0;
    for (Alternative alternative : setting.declared().alternatives()) {
      Subject other = subject.of(alternative.operator());
      Parity outputs = Parity.of(subject.outputs(), value, other.value(point));
      Parity gradients = Parity.of(subject.inputs(), gradient, other.gradient(point, cotangent));
      if (!(outputs.error <= alternative.tolerance())) {
        return outputs.finding("output", alternative);
      }
      if (!(gradients.error <= alternative.tolerance())) {
        return gradients.finding("gradient of", alternative);
      }
      worst = Math.max(worst, Math.max(outputs.error, gradients.error));
    }
    return Finding.pass().figure("error", worst);
  }

  private record Parity(double error, String place) {

    static Parity of(Layout layout, Vec expected, Vec got) {
      Parity worst = new Parity(0, "");
      for (int b = 0; b < layout.blocks(); b++) {
        double norm = expected.norm(b);
        double difference = got.minus(expected).norm(b);
        double error = difference == 0 ? 0 : difference / Math.max(norm, Double.MIN_NORMAL);
        if (!(error <= worst.error)) {
          worst =
              new Parity(
                  Double.isNaN(error) ? Double.POSITIVE_INFINITY : error,
                  "`" + layout.path(b) + "`; " + Bits.difference(layout, expected, got));
        }
      }
      return worst;
    }

    Finding finding(String kind, Alternative alternative) {
      return Finding.fail(
              String.format(
                  Locale.ROOT,
                  "%s disagrees: error %.2e (tolerance %.0e) in %s %s",
                  alternative.name(),
                  error,
                  alternative.tolerance(),
                  kind,
                  place))
          .figure("error", error);
    }
  }
}
