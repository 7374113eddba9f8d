package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Projected central differences in float64, input by input and output by output. */
final class DifferencesCheck implements Check {

  private static final int PROBES = 8;
  private static final int RESAMPLES = 5;
  private static final double NUDGE = 1e-2;

  @Override
  public Rule rule() {
    return Rule.DIFFERENCES;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    List<String> untested = Vacuity.withoutCoordinates(subject);
    if (subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0) {
      return Vacuity.nothingToDifferentiate(subject);
    }
    Vec point = subject.point();
    Finding finding = at(setting, subject, point, random);
    int resampled = 0;
    while (isKink(finding) && resampled < RESAMPLES) {
      resampled++;
      Vec nudged = nudged(subject, point, random);
      finding = at(setting, subject.at(nudged), nudged, random);
    }
    Finding counted = resampled == 0 ? finding : finding.figure("resampled", resampled);
    return untested.isEmpty() || !counted.verdict().isPass()
        ? counted
        : Finding.of(Verdict.UNTESTED, "no coordinates are known for " + untested);
  }

  private static boolean isKink(Finding finding) {
    return finding.figures().containsKey("kinks");
  }

  private static Vec nudged(Subject subject, Vec point, SplittableRandom random) {
    Vec nudged = point;
    for (int b = 0; b < point.blocks(); b++) {
      nudged = nudged.plus(NUDGE * subject.step(b), subject.inputs().gaussian(random).only(b));
    }
    return nudged;
  }

  private Finding at(Setting setting, Subject subject, Vec point, SplittableRandom random) {
    int inputs = subject.inputs().blocks();
    int outputs = subject.outputs().blocks();
    int probes = outputs > 4 ? 3 : PROBES;
    Probes known = Probes.at(subject, point, probes, random);
    int perInput = Math.min(probes, Math.max(2, 2 * PROBES / inputs));
    List<Ladder> ladders = new ArrayList<>();
    for (int b = 0; b < inputs; b++) {
      double tolerance = setting.tolerances().differences();
      ladders.add(new Ladder(subject, point, known, b, perInput, tolerance, random).climb());
    }
    return verdict(subject, ladders);
  }

  private static Finding verdict(Subject subject, List<Ladder> ladders) {
    List<PortFigures> figures = ladders.stream().flatMap(l -> l.figures().stream()).toList();
    return judge(subject, ladders, figures).ports(figures).figure("error", worst(figures));
  }

  private static double worst(List<PortFigures> figures) {
    return Comparison.worst(figures);
  }

  private static Finding judge(Subject subject, List<Ladder> ladders, List<PortFigures> figures) {
    if (any(ladders, Ladder.State.KINK) && !any(ladders, Ladder.State.WRONG)) {
      return Finding.inconclusive(
              "the operator has a kink at "
                  + named(subject, ladders, Ladder.State.KINK)
                  + " and near it: left and right differences disagree")
          .figure("kinks", 1);
    }
    if (any(ladders, Ladder.State.WRONG)) {
      return Finding.fail(
          "the adjoint is not the transposed derivative with respect to "
              + named(subject, ladders, Ladder.State.WRONG)
              + diagnosis(figures)
              + curves(subject, ladders));
    }
    if (any(ladders, Ladder.State.OPEN)) {
      return Finding.inconclusive(
          "difference quotients are too inaccurate with respect to "
              + named(subject, ladders, Ladder.State.OPEN)
              + "; set the sample's scale"
              + curves(subject, ladders));
    }
    List<String> vacuous = new ArrayList<>();
    for (int b = 0; b < ladders.size(); b++) {
      if (ladders.get(b).isVacuous()) {
        vacuous.add(subject.inputs().path(b));
      }
    }
    return vacuous.isEmpty() ? Vacuity.unlessAllZero(subject) : Vacuity.noDependence(vacuous);
  }

  private static boolean any(List<Ladder> ladders, Ladder.State state) {
    return ladders.stream().anyMatch(ladder -> ladder.has(state));
  }

  private static String named(Subject subject, List<Ladder> ladders, Ladder.State state) {
    List<String> names = new ArrayList<>();
    for (int b = 0; b < ladders.size(); b++) {
      if (ladders.get(b).has(state)) {
        names.add("`" + subject.inputs().path(b) + "`");
      }
    }
    return String.join(", ", names);
  }

  private static String diagnosis(List<PortFigures> figures) {
    String found =
        figures.stream()
            .filter(f -> !f.diagnosis().isEmpty())
            .map(f -> "`" + f.input() + "` is " + f.diagnosis())
            .distinct()
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "" : ": " + found;
  }

  private static String curves(Subject subject, List<Ladder> ladders) {
    StringBuilder text = new StringBuilder();
    for (int b = 0; b < ladders.size(); b++) {
      Ladder ladder = ladders.get(b);
      if (ladder.has(Ladder.State.WRONG) || ladder.has(Ladder.State.OPEN)) {
        text.append("\nrelative error by step, `").append(subject.inputs().path(b)).append("`:");
        text.append(ladder.curve());
      }
    }
    return text.toString();
  }
}
