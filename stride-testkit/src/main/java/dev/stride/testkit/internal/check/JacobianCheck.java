package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.testkit.PortFigures;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every entry of the derivative by differences against every entry by the adjoint. */
final class JacobianCheck implements Check {

  private static final long MOST_ENTRIES = 10_000;
  private static final long MOST_CALLS = 300;

  @Override
  public Rule rule() {
    return Rule.JACOBIAN;
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
    long inputs = subject.inputs().size();
    long outputs = subject.outputs().size();
    if (inputs * outputs > MOST_ENTRIES || inputs + outputs > MOST_CALLS) {
      return Finding.skipped(outputs + " x " + inputs + " entries are too many");
    }
    double tolerance = setting.tolerances().jacobian();
    return Resampling.run(subject, setting.random(rule()), at -> compare(at, tolerance));
  }

  private static Finding compare(Subject subject, double tolerance) {
    Jacobian jacobian = Jacobian.of(subject);
    List<JacobianBlock> blocks = new ArrayList<>();
    for (int o = 0; o < subject.outputs().blocks(); o++) {
      for (int i = 0; i < subject.inputs().blocks(); i++) {
        blocks.add(jacobian.block(o, i, tolerance));
      }
    }
    return verdict(subject, jacobian, blocks, tolerance);
  }

  private static Finding verdict(
      Subject subject, Jacobian jacobian, List<JacobianBlock> blocks, double tolerance) {
    List<PortFigures> figures = blocks.stream().map(JacobianBlock::figures).toList();
    double worst = Comparison.worst(figures);
    List<JacobianBlock> wrong = blocks.stream().filter(b -> b.wrong() > 0).toList();
    long unclear = blocks.stream().mapToLong(JacobianBlock::unclear).sum();
    long entries = subject.inputs().size() * subject.outputs().size();
    if (!wrong.isEmpty()) {
      return Finding.fail(message(wrong, tolerance) + jacobian.swapped())
          .ports(figures)
          .figure("error", worst);
    }
    if (unclear * 20 > entries && jacobian.hasKinks()) {
      return Resampling.kink("here").ports(figures);
    }
    if (unclear * 20 > entries) {
      return Finding.inconclusive(
              unclear + " of " + entries + " difference quotients are inaccurate")
          .ports(figures);
    }
    return Vacuity.passed(subject, figures).ports(figures).figure("error", worst);
  }

  private static String message(List<JacobianBlock> wrong, double tolerance) {
    StringBuilder text = new StringBuilder("entries of the adjoint are wrong");
    text.append(String.format(Locale.ROOT, " (tolerance %.0e): ", tolerance));
    List<String> parts = new ArrayList<>();
    for (JacobianBlock block : wrong) {
      parts.add(block.problem());
    }
    return text.append(String.join("; ", parts)).toString();
  }
}
