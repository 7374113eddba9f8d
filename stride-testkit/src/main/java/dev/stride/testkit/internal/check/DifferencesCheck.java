package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.numeric.Pace;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Projected central differences in float64, input by input and output by output. */
final class DifferencesCheck implements Check {

  private static final int PROBES = 8;

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
    Finding refusal = Vacuity.refusal(subject);
    if (refusal != null) {
      return refusal;
    }
    SplittableRandom random = setting.random(rule());
    double tolerance = setting.tolerances().differences();
    Finding finding = Resampling.run(subject, random, at -> compare(at, tolerance, random));
    List<String> untested = Vacuity.withoutCoordinates(subject);
    return untested.isEmpty() || !finding.verdict().isPass()
        ? finding
        : Finding.of(Verdict.UNTESTED, "no coordinates are known for " + untested);
  }

  private static Finding compare(Subject subject, double tolerance, SplittableRandom random) {
    int inputs = subject.inputs().blocks();
    int probes = subject.outputs().blocks() > 4 ? 3 : PROBES;
    int perInput = Math.min(probes, Math.max(2, 2 * PROBES / inputs));
    Probes known = Probes.at(subject, subject.point(), probes, random);
    List<Ladder> ladders = new ArrayList<>();
    for (int b = 0; b < inputs; b++) {
      ladders.add(climbed(subject, known, b, perInput, tolerance, random));
    }
    return verdict(subject, ladders);
  }

  private static Ladder climbed(
      Subject subject,
      Probes known,
      int input,
      int count,
      double tolerance,
      SplittableRandom random) {
    List<Vec> noise = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      noise.add(subject.inputs().gaussian(random).only(input));
    }
    Ladder even = ladder(subject, known, input, noise, tolerance, Pace.EVEN);
    if (!even.has(Ladder.State.OPEN)) {
      return even;
    }
    Ladder proportional = ladder(subject, known, input, noise, tolerance, Pace.PROPORTIONAL);
    if (!proportional.has(Ladder.State.OPEN)) {
      return proportional;
    }
    Ladder wide = ladder(subject, known, input, noise, tolerance, Pace.WIDE);
    return wide.isRight() ? wide : even;
  }

  private static Ladder ladder(
      Subject subject, Probes known, int input, List<Vec> noise, double tolerance, Pace pace) {
    List<Vec> directions = noise.stream().map(v -> pace.along(subject, input, v)).toList();
    return new Ladder(subject, known, input, directions, tolerance).climb();
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
      return Resampling.kink("in " + named(subject, ladders, Ladder.State.KINK));
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
    return Vacuity.passed(subject, figures);
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
        text.append("\nplain central differences by step, a V if the gradient is right:");
        text.append(ladder.sweep());
      }
    }
    return text.toString();
  }
}
