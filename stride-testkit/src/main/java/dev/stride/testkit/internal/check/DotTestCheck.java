package dev.stride.testkit.internal.check;

import dev.stride.api.Operator;
import dev.stride.api.TangentOperator;
import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** {@code <J u, v> = <u, J* v>} for random vectors and for pairs of unit vectors. */
final class DotTestCheck implements Check {

  private static final int PROBES = 4;

  @Override
  public Rule rule() {
    return Rule.DOT_TEST;
  }

  @Override
  public String notApplicable(Operator<?> operator) {
    return operator.unwrap() instanceof TangentOperator
            || !operator.signature().linearIn().isEmpty()
        ? ""
        : "the operator has no tangent and declares no input that it is linear in";
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Derivative derivative = new Derivative(subject);
    Finding refusal = Vacuity.refusal(subject);
    if (refusal != null) {
      return refusal;
    }
    if (derivative.inputs().isEmpty()) {
      return Finding.skipped("the sample leaves out the inputs that it is declared linear in");
    }
    double tolerance = setting.tolerances().dot(subject.type());
    SplittableRandom random = setting.random(rule());
    Probes probes = Probes.at(subject, subject.point(), PROBES, random);
    List<PortFigures> figures = new ArrayList<>();
    for (int input : derivative.inputs()) {
      compare(subject, derivative, probes, input, random, figures);
    }
    double worst = Comparison.worst(figures);
    if (!(worst <= tolerance)) {
      return Finding.fail(message(figures, tolerance)).ports(figures).figure("error", worst);
    }
    UnitPairs pairs = UnitPairs.compare(subject, derivative, random);
    Finding finding =
        pairs.worst() <= tolerance
            ? Vacuity.passed(subject, figures)
            : Finding.fail(pairs.message(tolerance));
    return finding.ports(figures).figure("error", worst).figure("unit pairs", pairs.worst());
  }

  /** Adds figures for one input. */
  private static void compare(
      Subject subject,
      Derivative derivative,
      Probes probes,
      int input,
      SplittableRandom random,
      List<PortFigures> figures) {
    List<Vec> directions = new ArrayList<>();
    List<Vec> images = new ArrayList<>();
    for (int p = 0; p < PROBES; p++) {
      Vec scaled = subject.inputs().gaussian(random).only(input).times(subject.step(input));
      Vec direction = subject.inputs().rounded(scaled);
      directions.add(direction);
      images.add(derivative.along(input, direction));
    }
    for (int o = 0; o < subject.outputs().blocks(); o++) {
      Comparison comparison = comparison(probes, directions, images, input, o);
      figures.add(comparison.figures(subject.inputs().path(input), subject.outputs().path(o), -1));
    }
  }

  private static Comparison comparison(
      Probes probes, List<Vec> directions, List<Vec> images, int input, int output) {
    double[] derivative = new double[PROBES];
    double[] adjoint = new double[PROBES];
    double[] forwardNorm = new double[PROBES];
    double[] adjointNorm = new double[PROBES];
    for (int p = 0; p < PROBES; p++) {
      Vec cotangent = probes.cotangents().get(p);
      Vec gradient = probes.gradients().get(p).get(output);
      derivative[p] = cotangent.dot(output, images.get(p));
      adjoint[p] = gradient.dot(input, directions.get(p));
      forwardNorm[p] = cotangent.norm(output) * images.get(p).norm(output);
      adjointNorm[p] = gradient.norm(input) * directions.get(p).norm(input);
    }
    double norm = Math.max(Comparison.rss(forwardNorm), Comparison.rss(adjointNorm));
    return new Comparison(Vec.of(derivative), Vec.of(adjoint), norm, 0);
  }

  private static String message(List<PortFigures> figures, double tolerance) {
    String bad =
        figures.stream()
            .filter(f -> !(f.error() <= tolerance))
            .map(f ->
                "`" + f.input() + "`" + (f.diagnosis().isEmpty() ? "" : " is ") + f.diagnosis())
            .distinct()
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT, "the adjoint is not the transpose (tolerance %.0e) for %s", tolerance, bad);
  }
}
