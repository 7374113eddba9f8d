package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.numeric.Quotient;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The full derivative of a small operator, twice: column by column from differences and row by row
 * from the adjoint.
 */
final class Jacobian {

  private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-5};

  /** Relative uncertainty at which no better column is looked for. */
  private static final double SHARP = 1e-10;

  /** Relative uncertainty at which steps of another size than the element's are not tried. */
  private static final double SHARP_ENOUGH = 1e-8;

  private final Subject subject;
  private final List<List<@Nullable Column>> columns = new ArrayList<>();
  private final List<List<Vec>> rows = new ArrayList<>();

  private Jacobian(Subject subject) {
    this.subject = subject;
  }

  static Jacobian of(Subject subject) {
    Jacobian jacobian = new Jacobian(subject);
    Vec point = subject.point();
    Vec middle = subject.value(point);
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      List<@Nullable Column> column = new ArrayList<>();
      for (int i = 0; i < subject.inputs().size(b); i++) {
        column.add(Column.at(subject, point, middle, b, i));
      }
      jacobian.columns.add(column);
    }
    for (int o = 0; o < subject.outputs().blocks(); o++) {
      List<Vec> row = new ArrayList<>();
      for (int i = 0; i < subject.outputs().size(o); i++) {
        row.add(subject.gradient(point, subject.outputs().unit(o, i, 1)));
      }
      jacobian.rows.add(row);
    }
    return jacobian;
  }

  JacobianBlock block(int output, int input, double tolerance) {
    return JacobianBlock.of(this, subject, output, input, tolerance);
  }

  /** An entry by differences; NaN where the differences do not tell. */
  double derivative(int output, int row, int input, int column) {
    Column at = columns.get(input).get(column);
    return at == null || at.kink(output) ? Double.NaN : at.value().block(output)[row];
  }

  /** Uncertainty of {@link #derivative}. */
  double uncertainty(int output, int row, int input, int column) {
    Column at = columns.get(input).get(column);
    return at == null ? Double.NaN : at.uncertainty().block(output)[row];
  }

  /** An entry by the adjoint. */
  double adjoint(int output, int row, int input, int column) {
    return rows.get(output).get(row).block(input)[column];
  }

  /** Whether left and right differences disagree for any entry. */
  boolean hasKinks() {
    for (List<@Nullable Column> inputColumns : columns) {
      for (Column column : inputColumns) {
        for (int o = 0; column != null && o < rows.size(); o++) {
          if (column.kink(o)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Says so if two inputs of equal size have each other's gradients. */
  String swapped() {
    for (int a = 0; a < columns.size(); a++) {
      for (int b = a + 1; b < columns.size(); b++) {
        if (columns.get(a).size() == columns.get(b).size() && has(a, b) && has(b, a)) {
          return "; the gradients of `"
              + subject.inputs().path(a)
              + "` and `"
              + subject.inputs().path(b)
              + "` are swapped";
        }
      }
    }
    return "";
  }

  /** Whether the adjoint's rows for one input are the derivative with respect to another. */
  private boolean has(int adjointInput, int derivativeInput) {
    double largest = 0;
    double error = 0;
    for (int o = 0; o < rows.size(); o++) {
      for (int r = 0; r < rows.get(o).size(); r++) {
        for (int c = 0; c < columns.get(adjointInput).size(); c++) {
          double derivative = derivative(o, r, derivativeInput, c);
          largest = Math.max(largest, Math.abs(derivative));
          error = Math.max(error, Math.abs(derivative - adjoint(o, r, adjointInput, c)));
        }
      }
    }
    return largest > 0 && error < 1e-6 * largest;
  }

  /** One column by differences. */
  private record Column(Quotient quotient, Vec value, Vec uncertainty, Vec middle) {

    static @Nullable Column at(Subject subject, Vec point, Vec middle, int block, int index) {
      Column best = null;
      for (double length : lengths(subject, point, block, index)) {
        best = better(best, along(subject, point, middle, block, index, length));
        if (best != null && best.isSharp(SHARP)) {
          return best;
        }
      }
      if (best == null || best.isSharp(SHARP_ENOUGH)) {
        return best;
      }
      Column wide = along(subject, point, middle, block, index, subject.widest());
      return wide != null && wide.agreesWith(best) ? better(best, wide) : best;
    }

    /** The sharpest column over some steps of one length; null if all leave the domain. */
    private static @Nullable Column along(
        Subject subject, Vec point, Vec middle, int block, int index, double length) {
      Column best = null;
      Vec unit = subject.inputs().unit(block, index, length);
      for (double step : STEPS) {
        Quotient quotient = Quotient.within(subject, point, middle, unit, step);
        best = better(best, quotient == null ? null : of(quotient, middle, length));
        if (best != null && best.isSharp(SHARP)) {
          return best;
        }
      }
      return best;
    }

    private static @Nullable Column better(@Nullable Column a, @Nullable Column b) {
      return a == null || (b != null && b.doubt() < a.doubt()) ? b : a;
    }

    private boolean isSharp(double relative) {
      return doubt() <= relative * value.norm();
    }

    /** Whether two columns differ by no more than what is uncertain of them. */
    private boolean agreesWith(Column other) {
      return value.minus(other.value).norm() <= 10 * (doubt() + other.doubt());
    }

    /** A step that suits the whole input, and one that suits the element. */
    private static double[] lengths(Subject subject, Vec point, int block, int index) {
      double even = subject.step(block);
      double own =
          subject.proportional(block, subject.inputs().unit(block, index, 1)).block(block)[index];
      return even == own || point.block(block)[index] == 0
          ? new double[] {even}
          : new double[] {even, own};
    }

    private static Column of(Quotient quotient, Vec middle, double length) {
      double noise = 8 * 0x1p-52 / quotient.step();
      Vec uncertainty = quotient.estimate().map(Math::abs).plus(noise, middle.map(Math::abs));
      return new Column(
          quotient, quotient.best().times(1 / length), uncertainty.times(1 / length), middle);
    }

    double doubt() {
      return uncertainty.norm();
    }

    boolean kink(int output) {
      return quotient.isKink(output, middle.norm(output));
    }
  }
}
