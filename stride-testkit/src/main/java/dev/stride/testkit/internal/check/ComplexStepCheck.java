package dev.stride.testkit.internal.check;

import dev.stride.api.ComplexOperator;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The adjoint against derivatives by complex steps, which nothing is subtracted for. */
final class ComplexStepCheck implements Check {

  private static final int PROBES = 4;
  private static final double STEP = 1e-20;

  @Override
  public Rule rule() {
    return Rule.COMPLEX_STEP;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public String notApplicable(Operator<?> operator) {
    return operator.unwrap() instanceof ComplexOperator
        ? ""
        : "the operator does not compute in complex numbers";
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Finding refusal = Vacuity.refusal(subject);
    if (refusal != null) {
      return refusal;
    }
    SplittableRandom random = setting.random(rule());
    Probes probes = Probes.at(subject, subject.point(), PROBES, random);
    List<PortFigures> figures = new ArrayList<>();
    for (int input = 0; input < subject.inputs().blocks(); input++) {
      compare(subject, probes, input, random, figures);
    }
    return verdict(setting, figures).ports(figures);
  }

  private static Finding verdict(Setting setting, List<PortFigures> figures) {
    double worst = Comparison.worst(figures);
    double tolerance = setting.tolerances().dot64();
    if (!(worst <= tolerance)) {
      return Finding.fail(
              String.format(
                  Locale.ROOT,
                  "the adjoint is not the transpose of the derivative by complex steps"
                      + " (tolerance %.0e)",
                  tolerance))
          .figure("error", worst);
    }
    return Vacuity.passed(setting.subject(), figures).figure("error", worst);
  }

  /** Adds figures for one input. */
  private static void compare(
      Subject subject,
      Probes probes,
      int input,
      SplittableRandom random,
      List<PortFigures> figures) {
    List<Vec> directions = new ArrayList<>();
    List<Vec> images = new ArrayList<>();
    for (int p = 0; p < PROBES; p++) {
      Vec direction = subject.inputs().gaussian(random).only(input).times(subject.step(input));
      directions.add(direction);
      images.add(subject.imaginary(subject.point(), direction.times(STEP)).times(1 / STEP));
    }
    for (int output = 0; output < subject.outputs().blocks(); output++) {
      Comparison comparison = comparison(probes, directions, images, input, output);
      figures.add(
          comparison.figures(subject.inputs().path(input), subject.outputs().path(output), -1));
    }
  }

  private static Comparison comparison(
      Probes probes, List<Vec> directions, List<Vec> images, int input, int output) {
    double[] derivative = new double[PROBES];
    double[] adjoint = new double[PROBES];
    double[] norms = new double[PROBES];
    for (int p = 0; p < PROBES; p++) {
      Vec cotangent = probes.cotangents().get(p);
      derivative[p] = cotangent.dot(output, images.get(p));
      adjoint[p] = probes.adjoint(p, output, input, directions.get(p));
      norms[p] =
          Math.max(
              cotangent.norm(output) * images.get(p).norm(output),
              probes.gradients().get(p).get(output).norm(input) * directions.get(p).norm(input));
    }
    return new Comparison(Vec.of(derivative), Vec.of(adjoint), Comparison.rss(norms), 0);
  }
}
