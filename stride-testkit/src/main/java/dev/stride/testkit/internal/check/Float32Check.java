package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Outputs and gradients in float32 against those in float64 from the same numbers. */
final class Float32Check implements Check {

  @Override
  public Rule rule() {
    return Rule.FLOAT32;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT32;
  }

  @Override
  public Finding run(Setting setting) {
    Subject narrow = setting.subject();
    Subject wide = narrow.in(DataType.FLOAT64);
    Vec point = narrow.point();
    SplittableRandom random = setting.random(rule());
    Vec cotangent = narrow.outputs().gaussian(random);
    double tolerance = setting.tolerances().float32();
    Parity outputs =
        Parity.of(narrow.outputs(), wide.value(point), narrow.value(point), tolerance, block -> 0);
    Parity gradients =
        Parity.of(
            narrow.inputs(),
            wide.gradient(point, cotangent),
            narrow.gradient(point, cotangent),
            tolerance,
            block -> gain(wide, point, block, random) * cotangent.norm());
    Finding finding =
        outputs.error <= tolerance && gradients.error <= tolerance
            ? Finding.pass()
            : Finding.fail(
                String.format(
                    Locale.ROOT,
                    "float32 is not float64 rounded: output `%s` off by %.2e, gradient of `%s` by"
                        + " %.2e (tolerance %.0e)",
                    outputs.path,
                    outputs.error,
                    gradients.path,
                    gradients.error,
                    tolerance));
    return finding.figure("outputs", outputs.error).figure("gradients", gradients.error);
  }

  private static double gain(Subject wide, Vec point, int block, SplittableRandom random) {
    return Gain.of(
        cotangent -> wide.gradient(point, cotangent),
        () -> wide.outputs().gaussian(random),
        gradient -> gradient.norm(block));
  }

  private record Parity(double error, String path) {

    /**
     * The largest difference beside what it is a difference of or, where that is too small by
     * chance, beside what may be expected of a block.
     */
    static Parity of(
        Layout layout, Vec wide, Vec narrow, double tolerance, IntToDoubleFunction expected) {
      Parity worst = new Parity(0, "");
      for (int b = 0; b < layout.blocks(); b++) {
        double difference = narrow.minus(wide).norm(b);
        double size = wide.norm(b);
        if (!(difference <= tolerance * size)) {
          size = Math.max(size, expected.applyAsDouble(b));
        }
        double error = difference == 0 ? 0 : difference / size;
        if (!(error <= worst.error)) {
          worst =
              new Parity(Double.isNaN(error) ? Double.POSITIVE_INFINITY : error, layout.path(b));
        }
      }
      return worst;
    }
  }
}
