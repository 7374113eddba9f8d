package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.numeric.Pace;
import dev.stride.testkit.internal.numeric.Quotient;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Without the gradient the remainder falls with the step, with it with its square; both slopes are
 * fitted over halvings, in windows that move down until one tells.
 */
final class TaylorCheck implements Check {

  private static final int PROBES = 3;
  private static final int HALVINGS = 7;
  private static final double LARGEST = 0.5;
  private static final double SMALLEST = 1e-6;

  @Override
  public Rule rule() {
    return Rule.TAYLOR;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Finding refusal = Vacuity.refusal(subject);
    if (refusal != null) {
      return refusal;
    }
    SplittableRandom random = setting.random(rule());
    double least = setting.tolerances().taylorSlope();
    return Resampling.run(subject, random, at -> check(at, least, random));
  }

  private static Finding check(Subject subject, double least, SplittableRandom random) {
    Finding even = check(Remainders.at(subject, random, Pace.EVEN), least);
    if (even.verdict() != Verdict.INCONCLUSIVE || even.figures().containsKey(Resampling.KINK)) {
      return even;
    }
    if (even.figures().isEmpty()) {
      return check(Remainders.at(subject, random, Pace.PROPORTIONAL), least);
    }
    Finding wide = check(Remainders.at(subject, random, Pace.WIDE), least);
    return wide.verdict().isPass() ? wide : even;
  }

  private static Finding check(Remainders remainders, double least) {
    if (remainders.isVacuous()) {
      return Vacuity.noDependence(remainders.subject.inputs().paths());
    }
    Window last = null;
    for (double step = LARGEST; step > SMALLEST; step /= 16) {
      Window window = remainders.window(step);
      if (window != null) {
        last = window;
        if (window.isLinear()) {
          return Finding.of(Verdict.LINEAR_EXACT, "").figure("remainder", window.largest());
        }
        if (window.isConclusive() && window.slopesRight(least)) {
          return slopes(Finding.pass(), window);
        }
      }
    }
    return last == null
        ? Finding.inconclusive("no step stays in the operator's domain; set the sample's scale")
        : slopes(judged(remainders, least), remainders.steepest());
  }

  private static Finding slopes(Finding finding, Window window) {
    return finding.figure("slope 0", window.slope0()).figure("slope 1", window.slope1());
  }

  private static Finding judged(Remainders remainders, double least) {
    Window steepest = remainders.steepest();
    if (steepest.usable() < 3) {
      return Finding.inconclusive("fewer than three steps stand out of the rounding errors");
    }
    if (remainders.isKink()) {
      return Resampling.kink("here");
    }
    if (remainders.isStationary(least)) {
      return Finding.skipped(
          "vacuous: the gradient is as good as zero here; the outputs change with the square of the"
              + " step");
    }
    if (steepest.slope1() < 1.5) {
      return Finding.fail(
          String.format(
              Locale.ROOT,
              "the remainder falls with slope %.3f; at least %.2f expected, 1 means that the"
                  + " gradient is wrong",
              steepest.slope1(),
              least));
    }
    return Finding.inconclusive("the slopes are between one and two; set the sample's scale");
  }

  /** Remainders of zeroth and first order over halvings of a step. */
  private record Window(List<Double> steps, List<Double> zeroth, List<Double> first, double floor) {

    int usable() {
      return (int) first.stream().filter(r -> r > floor).count();
    }

    double largest() {
      return first.stream().mapToDouble(r -> r).max().orElse(0);
    }

    /** At rounding errors everywhere, while the function changes much more than those. */
    boolean isLinear() {
      return usable() == 0 && floor < 1e-6 * zeroth.getLast();
    }

    /** Whether the gradient explains most of the change, so that slopes mean something. */
    boolean isConclusive() {
      return usable() >= 3
          && first.getFirst() < 0.1 * zeroth.getFirst()
          && first.getLast() < 2e-3 * zeroth.getLast();
    }

    boolean slopesRight(double least) {
      return slope1() >= least && Math.abs(slope0() - 1) <= 0.1;
    }

    double slope0() {
      return slope(zeroth);
    }

    double slope1() {
      return slope(first);
    }

    /** Least squares over the points where the first-order remainder stands out. */
    private double slope(List<Double> remainders) {
      double n = 0;
      double sx = 0;
      double sy = 0;
      double sxx = 0;
      double sxy = 0;
      for (int i = 0; i < steps.size(); i++) {
        if (first.get(i) > floor && remainders.get(i) > 0) {
          double x = Math.log(steps.get(i));
          double y = Math.log(remainders.get(i));
          n++;
          sx += x;
          sy += y;
          sxx += x * x;
          sxy += x * y;
        }
      }
      return (n * sxy - sx * sy) / (n * sxx - sx * sx);
    }
  }

  /** The function along some directions, with the gradient's prediction for each. */
  private static final class Remainders {

    private final Subject subject;
    private final Vec point;
    private final Vec middle;
    private final List<Vec> directions = new ArrayList<>();
    private final List<Vec> cotangents = new ArrayList<>();
    private final double[] predicted = new double[PROBES];
    private final List<Window> seen = new ArrayList<>();

    private Remainders(Subject subject) {
      this.subject = subject;
      this.point = subject.point();
      this.middle = subject.value(point);
    }

    static Remainders at(Subject subject, SplittableRandom random, Pace pace) {
      Remainders remainders = new Remainders(subject);
      for (int p = 0; p < PROBES; p++) {
        Vec direction = subject.inputs().zeros();
        for (int b = 0; b < subject.inputs().blocks(); b++) {
          direction = direction.plus(1, pace.along(subject, b, subject.inputs().gaussian(random)));
        }
        Vec cotangent = subject.outputs().gaussian(random);
        remainders.directions.add(direction);
        remainders.cotangents.add(cotangent);
        remainders.predicted[p] = subject.gradient(remainders.point, cotangent).dot(direction);
      }
      return remainders;
    }

    /** Size of rounding errors where the function changes by no more than this. */
    private double floor(double change) {
      double sum = change * change;
      for (Vec cotangent : cotangents) {
        sum += Math.pow(cotangent.norm() * middle.norm(), 2);
      }
      return 100 * 0x1p-52 * Math.sqrt(sum);
    }

    boolean isVacuous() {
      Window window = window(1e-3);
      return window != null
          && Comparison.rss(predicted) <= floor(0)
          && window.zeroth().getFirst() <= floor(0);
    }

    /** Halvings from a step; null if it leaves the operator's domain. */
    @Nullable Window window(double largest) {
      List<Double> steps = new ArrayList<>();
      List<Double> zeroth = new ArrayList<>();
      List<Double> first = new ArrayList<>();
      for (int i = 0; i <= HALVINGS; i++) {
        double step = largest / (1 << i);
        double[] changes = changes(step);
        double[] remainders = new double[PROBES];
        for (int p = 0; p < PROBES; p++) {
          remainders[p] = changes[p] - step * predicted[p];
        }
        steps.add(step);
        zeroth.add(Comparison.rss(changes));
        first.add(Comparison.rss(remainders));
      }
      boolean finite = zeroth.stream().allMatch(Double::isFinite);
      if (!finite) {
        return null;
      }
      Window window = new Window(steps, zeroth, first, floor(zeroth.getFirst()));
      seen.add(window);
      return window;
    }

    private double[] changes(double step) {
      double[] changes = new double[PROBES];
      for (int p = 0; p < PROBES; p++) {
        try {
          Vec moved = subject.value(point.plus(step, directions.get(p)));
          changes[p] = cotangents.get(p).dot(moved.minus(middle));
        } catch (ContractViolation outside) {
          changes[p] = Double.NaN;
        }
      }
      return changes;
    }

    /** Whether nothing of first order is left at the smallest steps, where it shows most. */
    boolean isStationary(double least) {
      return seen.stream()
          .filter(w -> w.usable() >= 3)
          .reduce((larger, smaller) -> smaller)
          .filter(w -> w.slope0() >= least && w.slope1() >= least)
          .isPresent();
    }

    /** The window whose first-order slope is steepest among those with enough points. */
    Window steepest() {
      return seen.stream()
          .filter(w -> w.usable() >= 3)
          .reduce((a, b) -> a.slope1() >= b.slope1() ? a : b)
          .orElse(seen.getLast());
    }

    boolean isKink() {
      for (Vec direction : directions) {
        Quotient fine = Quotient.within(subject, point, middle, direction, Quotient.KINK_STEP);
        for (int o = 0; fine != null && o < middle.blocks(); o++) {
          if (fine.isKink(o, middle.norm(o))) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
