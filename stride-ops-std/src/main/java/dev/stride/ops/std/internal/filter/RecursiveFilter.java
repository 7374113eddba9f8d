package dev.stride.ops.std.internal.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Second-order sections in a row, applied to traces that are at rest before their first sample.
 * Immutable.
 */
public final class RecursiveFilter {

  private final Section[] sections;

  private RecursiveFilter(List<Section> sections) {
    this.sections = sections.toArray(Section[]::new);
  }

  /**
   * A Butterworth filter; it passes everything if it has no cut-off.
   *
   * @param order of the prototype, at least 1; a band-pass has twice as many poles
   * @param low lower cut-off, as a fraction of the sampling frequency, below 0.5; null: none
   * @param high upper cut-off, in the same way; null: none
   */
  public static RecursiveFilter butterworth(
      int order, @Nullable Double low, @Nullable Double high) {
    return new RecursiveFilter(Butterworth.design(order, low, high));
  }

  /** Magnitude of the response at a fraction of the sampling frequency. */
  public double magnitude(double fraction) {
    double magnitude = 1;
    for (Section section : sections) {
      magnitude *= section.response(2 * Math.PI * fraction).abs();
    }
    return magnitude;
  }

  /** Filters a trace in place, forward in time. */
  public void forward(double[] trace) {
    for (Section section : sections) {
      forward(section, trace);
    }
  }

  /** Filters a trace in place, backward in time: the transpose of {@link #forward}. */
  public void adjoint(double[] trace) {
    reverse(trace);
    forward(trace);
    reverse(trace);
  }

  private static void forward(Section section, double[] trace) {
    double b0 = section.b0();
    double b1 = section.b1();
    double b2 = section.b2();
    double a1 = section.a1();
    double a2 = section.a2();
    double s1 = 0;
    double s2 = 0;
    for (int n = 0; n < trace.length; n++) {
      double in = trace[n];
      double out = b0 * in + s1;
      s1 = b1 * in - a1 * out + s2;
      s2 = b2 * in - a2 * out;
      trace[n] = out;
    }
  }

  private static void reverse(double[] trace) {
    for (int i = 0, j = trace.length - 1; i < j; i++, j--) {
      double kept = trace[i];
      trace[i] = trace[j];
      trace[j] = kept;
    }
  }
}
