package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointOptions;
import dev.stride.api.DataType;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Engine;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Operator;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Patience;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Finding;
import dev.stride.testkit.internal.check.Setting;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Pace;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The adjoint on variables against the numeric one, and its own adjoint, the product of the second
 * derivative with a direction, against differences of gradients and against its own symmetry.
 */
public final class SecondOrderCheck implements Check {

  private static final double[] STEPS = {1e-3, 1e-2, 1e-4, 1e-5};

  /** Relative to the norms; second derivatives are symmetric to rounding. */
  private static final double SYMMETRY = 1e-10;

  @Override
  public Rule rule() {
    return Rule.SECOND_ORDER;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public String notApplicable(Operator<?> operator) {
    return operator.unwrap() instanceof DifferentiableOperator
        ? ""
        : "the operator has no adjoint on variables";
  }

  @Override
  public boolean usesEngine() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    if (subject.inputs().size() == 0 || subject.outputs().size() == 0) {
      return Finding.skipped("there is nothing to differentiate");
    }
    SplittableRandom random = setting.random(rule());
    Vec cotangent = subject.outputs().gaussian(random);
    Vec direction = direction(subject, random);
    Vec other = direction(subject, random);
    try (Stride engine = Engines.discovered(subject)) {
      return check(setting, engine, cotangent, direction, other);
    }
  }

  private static Vec direction(Subject subject, SplittableRandom random) {
    Vec direction = subject.inputs().zeros();
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      Vec noise = subject.inputs().gaussian(random);
      direction = direction.plus(1, Pace.EVEN.along(subject, b, noise));
    }
    return subject.inputs().rounded(direction);
  }

  private static Finding check(
      Setting setting, Engine engine, Vec cotangent, Vec direction, Vec other) {
    Subject subject = setting.subject();
    Layout inputs = subject.inputs();
    Patience patience = subject.runner().patience();
    GraphCall call = GraphCall.at(engine, subject.runner().operator(), subject, subject.point());
    List<Variable<Object>> leaves = List.copyOf(call.leaves().values());
    List<Variable<Object>> recorded = recorded(engine, call, subject.outputs(), cotangent, leaves);
    Vec onVariables =
        inputs.vector(b -> patience.await("a recorded gradient", recorded.get(b).value()));
    Vec numeric = subject.gradient(subject.point(), cotangent);
    double first = relative(onVariables.minus(numeric), numeric);
    if (!(first <= setting.tolerances().dot64())) {
      return Finding.fail(
              String.format(
                  Locale.ROOT,
                  "the adjoint on variables is not the numeric one: error %.2e",
                  first))
          .figure("first order", first);
    }
    Vec product = product(patience, engine, inputs, recorded, leaves, direction);
    Vec another = product(patience, engine, inputs, recorded, leaves, other);
    double skew = skew(product, direction, another, other, numeric.norm());
    Finding finding =
        skew <= SYMMETRY
            ? compare(subject, cotangent, direction, product, numeric, setting)
            : Finding.fail(
                String.format(
                    Locale.ROOT,
                    "the second derivative is not symmetric: error %.2e (tolerance %.0e)",
                    skew,
                    SYMMETRY));
    return finding.figure("first order", first).figure("symmetry", skew);
  }

  /**
   * How far {@code <H u, v>} is from {@code <u, H v>}, relative to the norms; where H is as good as
   * zero, to those of the gradient, whose rounding it consists of.
   */
  private static double skew(Vec ofFirst, Vec first, Vec ofSecond, Vec second, double gradient) {
    double difference = Math.abs(ofFirst.dot(second) - first.dot(ofSecond));
    double size = Math.max(ofFirst.norm() * second.norm(), first.norm() * ofSecond.norm());
    double floor = 1e-3 * gradient * Math.max(first.norm(), second.norm());
    return difference == 0 ? 0 : difference / Math.max(size, floor);
  }

  /** The second derivative times a direction; zeros where the gradients are constant. */
  private static Vec product(
      Patience patience,
      Engine engine,
      Layout inputs,
      List<Variable<Object>> recorded,
      List<Variable<Object>> leaves,
      Vec direction) {
    List<Seeded<Object>> roots = new ArrayList<>();
    for (int b = 0; b < inputs.blocks(); b++) {
      if (recorded.get(b).needsGrad()) {
        roots.add(new Seeded<>(recorded.get(b), inputs.value(b, direction)));
      }
    }
    return roots.isEmpty()
        ? inputs.zeros()
        : inputs.vector(
            patience.await(engine.gradients(roots, leaves, AdjointOptions.defaults().retaining()))
                ::get);
  }

  @SuppressWarnings("unchecked")
  private static List<Variable<Object>> recorded(
      Engine engine, GraphCall call, Layout outputs, Vec cotangent, List<Variable<Object>> leaves) {
    Object[] values = outputs.paths().stream().map(call::output).toArray();
    Variable<Double> root = new Project(outputs, cotangent).call(values);
    return engine.recordedGradients(root, leaves.toArray(Variable[]::new));
  }

  private static Finding compare(
      Subject subject, Vec cotangent, Vec direction, Vec product, Vec numeric, Setting setting) {
    double tolerance = setting.tolerances().secondOrder();
    double best = Double.POSITIVE_INFINITY;
    for (double step : STEPS) {
      Vec difference = difference(subject, cotangent, direction, step);
      Vec half = difference(subject, cotangent, direction, step / 2);
      Vec sharper = half.times(4 / 3.0).plus(-1 / 3.0, difference);
      double floor = 1e-6 * numeric.norm();
      double size = Math.max(Math.max(product.norm(), sharper.norm()), floor);
      double error = size == 0 ? 0 : product.minus(sharper).norm() / size;
      best = Math.min(best, error);
      if (best <= tolerance) {
        return Finding.pass().figure("second order", best);
      }
    }
    return Finding.fail(
            String.format(
                Locale.ROOT,
                "the adjoint of the adjoint is not the second derivative: error %.2e (tolerance"
                    + " %.0e)",
                best,
                tolerance))
        .figure("second order", best);
  }

  private static Vec difference(Subject subject, Vec cotangent, Vec direction, double step) {
    Vec right = subject.gradient(subject.point().plus(step, direction), cotangent);
    Vec left = subject.gradient(subject.point().plus(-step, direction), cotangent);
    return right.minus(left).times(0.5 / step);
  }

  private static double relative(Vec error, Vec size) {
    double norm = error.norm();
    return norm == 0 ? 0 : norm / size.norm();
  }
}
