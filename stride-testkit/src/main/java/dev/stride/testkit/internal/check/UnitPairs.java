package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Single entries of the derivative and of the adjoint, which random vectors would dilute: for a
 * random row the largest entry, and for a random column.
 *
 * @param worst largest error, relative to the norm of the row or column
 * @param place where it is
 */
record UnitPairs(double worst, String place) {

  private static final int PAIRS = 4;

  static UnitPairs compare(Subject subject, Derivative derivative, SplittableRandom random) {
    UnitPairs worst = new UnitPairs(0, "");
    for (int k = 0; k < PAIRS; k++) {
      worst = worst.or(fromRow(subject, derivative, random));
      worst = worst.or(fromColumn(subject, derivative, random));
    }
    return worst;
  }

  private UnitPairs or(UnitPairs other) {
    return other.worst <= worst ? this : other;
  }

  String message(double tolerance) {
    return String.format(
        Locale.ROOT,
        "one entry of the adjoint is not that of the derivative (tolerance %.0e): %s",
        tolerance,
        place);
  }

  private static UnitPairs fromRow(
      Subject subject, Derivative derivative, SplittableRandom random) {
    Layout outputs = subject.outputs();
    int output = random.nextInt(outputs.blocks());
    List<Integer> known = derivative.inputs();
    int input = known.get(random.nextInt(known.size()));
    if (outputs.size(output) == 0 || subject.inputs().size(input) == 0) {
      return new UnitPairs(0, "");
    }
    int row = random.nextInt(outputs.size(output));
    Vec gradient = subject.gradient(subject.point(), outputs.unit(output, row, 1));
    int column = largest(gradient.block(input));
    Vec image = derivative.along(input, subject.inputs().unit(input, column, 1));
    return entry(subject, image, gradient, output, row, input, column);
  }

  private static UnitPairs fromColumn(
      Subject subject, Derivative derivative, SplittableRandom random) {
    List<Integer> known = derivative.inputs();
    int input = known.get(random.nextInt(known.size()));
    int output = random.nextInt(subject.outputs().blocks());
    if (subject.outputs().size(output) == 0 || subject.inputs().size(input) == 0) {
      return new UnitPairs(0, "");
    }
    int column = random.nextInt(subject.inputs().size(input));
    Vec image = derivative.along(input, subject.inputs().unit(input, column, 1));
    int row = largest(image.block(output));
    Vec gradient = subject.gradient(subject.point(), subject.outputs().unit(output, row, 1));
    return entry(subject, image, gradient, output, row, input, column);
  }

  private static UnitPairs entry(
      Subject subject, Vec image, Vec gradient, int output, int row, int input, int column) {
    double derivative = image.block(output)[row];
    double adjoint = gradient.block(input)[column];
    double norm = Math.max(image.norm(output), gradient.norm(input));
    double error = derivative == adjoint ? 0 : Math.abs(derivative - adjoint) / norm;
    String place =
        String.format(
            Locale.ROOT,
            "`%s`[%d] <- `%s`[%d] is %.9g, by the adjoint %.9g",
            subject.outputs().path(output),
            row,
            subject.inputs().path(input),
            column,
            derivative,
            adjoint);
    return new UnitPairs(Double.isNaN(error) ? Double.POSITIVE_INFINITY : error, place);
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (Math.abs(values[i]) > Math.abs(values[largest])) {
        largest = i;
      }
    }
    return largest;
  }
}
