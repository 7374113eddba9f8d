package dev.stride.testkit.internal.check;

import dev.stride.testkit.PortFigures;
import dev.stride.testkit.internal.numeric.Quotient;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares the adjoint with difference quotients along directions in one input, over a ladder of
 * steps, until every output agrees or one is shown to be wrong. State of one input in one check.
 */
final class Ladder {

  /** Steps relative to the size of the input, likely ones first. */
  private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-1, 1e-5, 1e-6, 1e-7};

  private static final double KINK_STEP = Quotient.KINK_STEP;
  private static final double ROUNDING = 0x1p-52;

  /** What is known of an output with regard to this input. */
  enum State {
    OPEN,
    RIGHT,
    VACUOUS,
    WRONG,
    KINK
  }

  private final Subject subject;
  private final Vec point;
  private final Probes probes;
  private final int input;
  private final double tolerance;
  private final List<Vec> directions;
  private final State[] states;
  private final @Nullable Comparison[] best;
  private final int[] disagreements;
  private final StringBuilder curve = new StringBuilder();

  Ladder(Subject subject, Probes probes, int input, List<Vec> directions, double tolerance) {
    this.subject = subject;
    this.point = subject.point();
    this.probes = probes;
    this.input = input;
    this.directions = directions;
    this.tolerance = tolerance;
    int outputs = subject.outputs().blocks();
    this.states = new State[outputs];
    this.best = new Comparison[outputs];
    this.disagreements = new int[outputs];
    Arrays.fill(states, State.OPEN);
  }

  /** Climbs until nothing is open or the steps are used up. */
  Ladder climb() {
    for (double step : STEPS) {
      judgeOpen(quotients(step));
      if (!has(State.OPEN)) {
        break;
      }
    }
    for (int o = 0; o < states.length; o++) {
      if (states[o] != State.RIGHT && states[o] != State.VACUOUS && isKink(o)) {
        states[o] = State.KINK;
      }
    }
    return this;
  }

  private void judgeOpen(List<Quotient> quotients) {
    for (int o = 0; o < states.length && !quotients.isEmpty(); o++) {
      if (states[o] == State.OPEN) {
        judge(o, quotients);
      }
    }
  }

  /** One per direction; empty if the step leaves the operator's domain. */
  private List<Quotient> quotients(double step) {
    List<Quotient> quotients = new ArrayList<>();
    for (Vec direction : directions) {
      Quotient quotient = Quotient.within(subject, point, probes.value(), direction, step);
      if (quotient == null) {
        curve.append(String.format(Locale.ROOT, " %.0e:outside", step));
        return List.of();
      }
      quotients.add(quotient);
    }
    return quotients;
  }

  private void judge(int output, List<Quotient> quotients) {
    Comparison closest = comparison(output, quotients, 0);
    for (int c = 1; c < quotients.getFirst().candidates().size(); c++) {
      Comparison candidate = comparison(output, quotients, c);
      closest = candidate.error() < closest.error() ? candidate : closest;
    }
    Comparison sharpest =
        comparison(output, quotients, quotients.getFirst().candidates().size() - 1);
    double step = quotients.getFirst().step();
    curve.append(String.format(Locale.ROOT, " %.0e:%.1e", step, closest.error()));
    if (best[output] == null || closest.error() < best[output].error()) {
      best[output] = closest;
    }
    double floor = 1e-13 * outputSize(output);
    if (sharpest.norm() <= floor && sharpest.adjoint().norm() <= floor) {
      states[output] = State.VACUOUS;
    } else if (closest.error() <= tolerance) {
      states[output] = State.RIGHT;
    } else if (disagrees(sharpest, output, step) && ++disagreements[output] == 2) {
      states[output] = State.WRONG;
      best[output] = sharpest;
    }
  }

  /** Whether the derivative is known well enough to say that the adjoint is not it. */
  private boolean disagrees(Comparison sharpest, int output, double step) {
    double noise = 32 * ROUNDING * outputSize(output) / step;
    return sharpest.difference() > 100 * Math.max(sharpest.estimate(), noise)
        && sharpest.error() > 2 * tolerance;
  }

  private double outputSize(int output) {
    double sum = 0;
    for (int p = 0; p < directions.size(); p++) {
      double size = probes.cotangents().get(p).norm(output) * probes.value().norm(output);
      sum += size * size;
    }
    return Math.sqrt(sum);
  }

  private Comparison comparison(int output, List<Quotient> quotients, int candidate) {
    int count = quotients.size();
    double[] derivative = new double[count];
    double[] adjoint = new double[count];
    double[] norms = new double[count];
    double[] estimates = new double[count];
    for (int p = 0; p < count; p++) {
      Vec cotangent = probes.cotangents().get(p);
      Vec quotient = quotients.get(p).candidates().get(candidate);
      derivative[p] = cotangent.dot(output, quotient);
      adjoint[p] = probes.adjoint(p, output, input, directions.get(p));
      norms[p] = cotangent.norm(output) * quotient.norm(output);
      estimates[p] = cotangent.dot(output, quotients.get(p).estimate());
    }
    return new Comparison(
        Vec.of(derivative), Vec.of(adjoint), Comparison.rss(norms), Comparison.rss(estimates));
  }

  private boolean isKink(int output) {
    for (Vec direction : directions) {
      Quotient fine = Quotient.within(subject, point, probes.value(), direction, KINK_STEP);
      if (fine != null && fine.isKink(output, probes.value().norm(output))) {
        return true;
      }
    }
    return false;
  }

  boolean has(State state) {
    for (State candidate : states) {
      if (candidate == state) {
        return true;
      }
    }
    return false;
  }

  /** Whether every output that depends on this input agrees, and one does. */
  boolean isRight() {
    return has(State.RIGHT) && !has(State.WRONG) && !has(State.OPEN) && !has(State.KINK);
  }

  /**
   * Errors of plain central differences over steps from 1e-1 to 1e-9. Where the gradient is right
   * they make a V: truncation falls with the square of the step, then rounding rises.
   */
  String sweep() {
    StringBuilder text = new StringBuilder();
    for (int exponent = 1; exponent <= 9; exponent++) {
      double step = Math.pow(10, -exponent);
      List<Quotient> quotients = quotients(step);
      if (!quotients.isEmpty()) {
        double worst = 0;
        for (int o = 0; o < states.length; o++) {
          worst = Math.max(worst, comparison(o, quotients, 0).error());
        }
        text.append(String.format(Locale.ROOT, " %.0e:%.1e", step, worst));
      }
    }
    return text.toString();
  }

  /** Relative errors by relative step, for a report. */
  String curve() {
    return curve.toString();
  }

  List<PortFigures> figures() {
    List<PortFigures> figures = new ArrayList<>();
    for (int o = 0; o < states.length; o++) {
      Comparison comparison = best[o];
      String from = subject.inputs().path(input);
      String to = subject.outputs().path(o);
      if (states[o] == State.VACUOUS) {
        figures.add(PortFigures.vacuous(from, to));
      } else if (comparison != null) {
        figures.add(comparison.figures(from, to, worst(o)));
      }
    }
    return figures;
  }

  private int worst(int output) {
    if (states[output] != State.WRONG || subject.inputs().size(input) > 256) {
      return -1;
    }
    int worst = -1;
    double most = 0;
    for (int i = 0; i < subject.inputs().size(input); i++) {
      Vec unit = subject.inputs().unit(input, i, subject.step(input));
      Quotient quotient = Quotient.within(subject, point, probes.value(), unit, STEPS[1]);
      if (quotient == null) {
        return -1;
      }
      double derivative = probes.cotangents().getFirst().dot(output, quotient.best());
      double error = Math.abs(derivative - probes.adjoint(0, output, input, unit));
      if (error > most) {
        most = error;
        worst = i;
      }
    }
    return worst;
  }
}
