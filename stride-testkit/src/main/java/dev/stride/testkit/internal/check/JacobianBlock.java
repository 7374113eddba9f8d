package dev.stride.testkit.internal.check;

import dev.stride.testkit.PortFigures;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.Locale;

/**
 * The derivative of one output with respect to one input, compared entry by entry.
 *
 * @param figures fit over all entries
 * @param wrong entries that are surely wrong
 * @param unclear entries that differences do not tell
 * @param problem the worst entry, and what the block looks like
 */
record JacobianBlock(PortFigures figures, long wrong, long unclear, String problem) {

  static JacobianBlock of(
      Jacobian jacobian, Subject subject, int output, int input, double tolerance) {
    int rows = subject.outputs().size(output);
    int columns = subject.inputs().size(input);
    double largest = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double derivative = Math.abs(jacobian.derivative(output, r, input, c));
        largest = Double.isNaN(derivative) ? largest : Math.max(largest, derivative);
      }
    }
    Count count = new Count(largest, tolerance);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        count.entry(
            jacobian.derivative(output, r, input, c),
            jacobian.adjoint(output, r, input, c),
            jacobian.uncertainty(output, r, input, c),
            r,
            c);
      }
    }
    String shape =
        count.wrong > 0 && rows == columns && isTransposed(jacobian, output, input, rows, largest)
            ? ", it is transposed"
            : "";
    return count.block(subject.inputs().path(input), subject.outputs().path(output), shape);
  }

  private static boolean isTransposed(
      Jacobian jacobian, int output, int input, int size, double largest) {
    double error = 0;
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double mirrored = jacobian.adjoint(output, c, input, r);
        error = Math.max(error, Math.abs(jacobian.derivative(output, r, input, c) - mirrored));
      }
    }
    return error < 1e-6 * largest;
  }

  /** Sums over the entries of one block. */
  private static final class Count {

    private final double largest;
    private final double tolerance;
    private long wrong;
    private long unclear;
    private boolean visible;
    private double worstError;
    private double cross;
    private double square;
    private double adjointSquare;
    private int worstColumn = -1;
    private String worst = "";

    Count(double largest, double tolerance) {
      this.largest = largest;
      this.tolerance = tolerance;
    }

    void entry(double derivative, double adjoint, double uncertainty, int row, int column) {
      if (Double.isNaN(derivative) || (uncertainty > tolerance * largest && largest > 0)) {
        unclear++;
        return;
      }
      visible |= Math.max(Math.abs(derivative), Math.abs(adjoint)) > uncertainty;
      cross += derivative * adjoint;
      square += derivative * derivative;
      adjointSquare += adjoint * adjoint;
      double difference = Math.abs(derivative - adjoint);
      boolean within = difference <= tolerance * largest || difference <= 10 * uncertainty;
      if (!within) {
        wrong++;
      }
      double error = difference == 0 ? 0 : difference / Math.max(largest, Double.MIN_NORMAL);
      if (!within && !(error <= worstError)) {
        worstColumn = column;
        worst =
            String.format(
                Locale.ROOT,
                "[%d] <- [%d] is %.9g, by the adjoint %.9g",
                row,
                column,
                derivative,
                adjoint);
      }
      worstError = Math.max(worstError, within && largest == 0 ? 0 : error);
    }

    private PortFigures fitted(String input, String output) {
      double factor = square == 0 ? Double.NaN : cross / square;
      double left = Math.max(0, adjointSquare - factor * cross);
      double fit = adjointSquare == 0 ? 0 : Math.sqrt(left / adjointSquare);
      return new PortFigures(input, output, worstError, factor, fit, worstColumn);
    }

    JacobianBlock block(String input, String output, String shape) {
      PortFigures figures = visible ? fitted(input, output) : PortFigures.vacuous(input, output);
      String diagnosis = figures.diagnosis().isEmpty() ? "" : " (" + figures.diagnosis() + ")";
      return new JacobianBlock(
          figures,
          wrong,
          unclear,
          "`" + output + "` <- `" + input + "` " + worst + diagnosis + shape);
    }
  }
}
