package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * At a sample that is declared to be on a kink: element by element, the gradient lies between the
 * slopes to the left and to the right.
 */
final class KinksCheck implements Check {

  private static final int COTANGENTS = 4;
  private static final int MOST_ELEMENTS = 64;
  private static final double[] STEPS = {1e-3, 1e-5};
  private static final double TOLERANCE = 1e-6;

  @Override
  public Rule rule() {
    return Rule.KINKS;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public String notApplicable(Sample sample, Declared declared) {
    return sample.kinked() ? "" : "the sample does not declare a kink";
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    List<Vec> cotangents = new ArrayList<>();
    List<Vec> gradients = new ArrayList<>();
    for (int p = 0; p < COTANGENTS; p++) {
      cotangents.add(subject.outputs().gaussian(random));
      gradients.add(subject.gradient(subject.point(), cotangents.getLast()));
    }
    int kinks = 0;
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      int size = subject.inputs().size(b);
      for (int k = 0; k < Math.min(size, MOST_ELEMENTS); k++) {
        int element = size <= MOST_ELEMENTS ? k : random.nextInt(size);
        Slopes slopes = Slopes.at(subject, b, element);
        if (slopes == null) {
          continue;
        }
        kinks += slopes.isKink() ? 1 : 0;
        for (int p = 0; p < COTANGENTS; p++) {
          double got = gradients.get(p).block(b)[element];
          String problem = slopes.outside(cotangents.get(p), got);
          if (!problem.isEmpty()) {
            return Finding.fail(
                "the gradient of `" + subject.inputs().path(b) + "`[" + element + "] " + problem);
          }
        }
      }
    }
    return kinks > 0
        ? Finding.pass().figure("kinks", kinks)
        : Finding.inconclusive("left and right slopes agree: there is no kink at this sample");
  }

  /** One-sided slopes of all outputs along one element. */
  private record Slopes(Vec left, Vec right) {

    static @Nullable Slopes at(Subject subject, int block, int element) {
      for (double step : STEPS) {
        double length = step * subject.step(block);
        try {
          Vec right = slope(subject, block, element, length);
          Vec left = slope(subject, block, element, -length);
          if (left.isFinite() && right.isFinite()) {
            return new Slopes(left, right);
          }
        } catch (ContractViolation outside) {
          // A shorter step may stay in the operator's domain.
        }
      }
      return null;
    }

    /** Of third order in the step, from three points to one side. */
    private static Vec slope(Subject subject, int block, int element, double step) {
      Vec here = subject.value(subject.point());
      Vec[] quotients = new Vec[3];
      for (int i = 0; i < quotients.length; i++) {
        double length = step / (1 << i);
        Vec there =
            subject.value(subject.point().plus(1, subject.inputs().unit(block, element, length)));
        quotients[i] = there.minus(here).times(1 / length);
      }
      return quotients[2].times(8 / 3.0).plus(-2, quotients[1]).plus(1 / 3.0, quotients[0]);
    }

    boolean isKink() {
      return right.minus(left).norm() > 1e-3 * Math.max(right.norm(), left.norm());
    }

    /** What is wrong with a gradient for a cotangent; empty if nothing. */
    String outside(Vec cotangent, double got) {
      double least = 0;
      double most = 0;
      double size = 0;
      for (int o = 0; o < left.blocks(); o++) {
        for (int i = 0; i < left.block(o).length; i++) {
          double a = cotangent.block(o)[i] * left.block(o)[i];
          double b = cotangent.block(o)[i] * right.block(o)[i];
          least += Math.min(a, b);
          most += Math.max(a, b);
          size += Math.max(Math.abs(a), Math.abs(b));
        }
      }
      double slack = TOLERANCE * size + 1e-12;
      return got >= least - slack && got <= most + slack
          ? ""
          : String.format(
              Locale.ROOT,
              "is %.9g, not between the one-sided slopes %.9g and %.9g",
              got,
              least,
              most);
    }
  }
}
