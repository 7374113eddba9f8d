package dev.stride.cli.pictures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands along one side of a plot.
 *
 * @param label name and unit
 * @param range the numbers that it spans
 * @param logarithmic whether equal distances are equal ratios; then the range must be positive
 */
public record Axis(String label, Range range, boolean logarithmic) {

  /** Checks that a logarithmic axis is positive. */
  public Axis {
    if (logarithmic && !(range.low() > 0)) {
      throw new IllegalArgumentException(
          "axis '%s': a logarithmic axis cannot start at %s. Start above 0."
              .formatted(label, range.low()));
    }
  }

  /** An axis with equal steps. */
  public static Axis linear(String label, Range range) {
    return new Axis(label, range, false);
  }

  /** An axis with equal ratios. */
  public static Axis logarithmic(String label, Range range) {
    return new Axis(label, range, true);
  }

  /**
   * A mark on an axis.
   *
   * @param position from 0 at the low end to 1 at the high one
   * @param text the number, or nothing for a minor mark
   */
  public record Tick(double position, String text) {}

  /** Where a value lies: 0 at the low end, 1 at the high one. */
  public double position(double value) {
    if (!logarithmic) {
      return range.position(value);
    }
    return Math.log(value / range.low()) / Math.log(range.high() / range.low());
  }

  /**
   * Marks at round numbers.
   *
   * @param about how many are wanted; there may be fewer or somewhat more
   */
  public List<Tick> ticks(int about) {
    return logarithmic ? decades() : steps(about);
  }

  private List<Tick> steps(int about) {
    double step = roundStep((range.high() - range.low()) / about);
    double slack = 1e-6 * step;
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil((range.low() - slack) / step);
        k * step <= range.high() + slack;
        k++) {
      ticks.add(new Tick(position(k * step), text(k * step)));
    }
    return ticks;
  }

  private List<Tick> decades() {
    List<Tick> ticks = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(range.low()));
    int last = (int) Math.ceil(Math.log10(range.high()));
    boolean narrow = Math.log10(range.high() / range.low()) < 2;
    for (int decade = first; decade <= last; decade++) {
      for (int digit = 1; digit < 10; digit++) {
        double value = digit * Math.pow(10, decade);
        boolean named = digit == 1 || (narrow && (digit == 2 || digit == 5));
        if (value >= range.low() * (1 - 1e-9) && value <= range.high() * (1 + 1e-9)) {
          ticks.add(new Tick(position(value), named ? text(value) : ""));
        }
      }
    }
    return ticks;
  }

  private static double roundStep(double rough) {
    double unit = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / unit;
    return unit * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  private static String text(double value) {
    BigDecimal exact = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    if (exact.signum() == 0) {
      return "0";
    }
    int exponent = exact.precision() - exact.scale() - 1;
    String plain = exponent < -3 || exponent > 5 ? exact.toString() : exact.toPlainString();
    return plain.replace('-', '\u2212').replace("E+", "e").replace("E", "e");
  }
}
