package dev.stride.ops.gpu.internal.signal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Designs digital Butterworth filters: the analogue prototype, moved to the band, made digital by
 * the bilinear transform with the cut-off frequencies pre-warped, so that the magnitude is {@code
 * 1/sqrt(2)} exactly there. After A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal
 * Processing, the chapter on filter design.
 */
final class ButterworthDesign {

  private final List<Section> sections = new ArrayList<>();
  private final double zero1;
  private final double zero2;
  private final double reference;

  private ButterworthDesign(double zero1, double zero2, double reference) {
    this.zero1 = zero1;
    this.zero2 = zero2;
    this.reference = reference;
  }

  /**
   * The sections of a filter.
   *
   * @param order of the prototype; a band-pass has twice as many poles
   * @param low lower cut-off, as a fraction of the sampling frequency, below 0.5; null: none
   * @param high upper cut-off, in the same way; null: none
   */
  static List<Section> design(int order, @Nullable Double low, @Nullable Double high) {
    if (low == null) {
      return high == null ? List.of() : lowPass(order, warp(high));
    }
    return high == null ? highPass(order, warp(low)) : bandPass(order, warp(low), warp(high));
  }

  private static List<Section> lowPass(int order, double cut) {
    ButterworthDesign filter = new ButterworthDesign(-1, -1, 0);
    for (Complex pole : prototype(order)) {
      filter.add(pole.times(cut));
    }
    return List.copyOf(filter.sections);
  }

  private static List<Section> highPass(int order, double cut) {
    ButterworthDesign filter = new ButterworthDesign(1, 1, Math.PI);
    for (Complex pole : prototype(order)) {
      filter.add(new Complex(cut, 0).div(pole));
    }
    return List.copyOf(filter.sections);
  }

  private static List<Section> bandPass(int order, double low, double high) {
    double centre = Math.sqrt(low * high);
    ButterworthDesign filter = new ButterworthDesign(1, -1, 2 * Math.atan(centre));
    for (Complex pole : prototype(order)) {
      Complex half = pole.times((high - low) / 2);
      Complex root = half.times(half).minus(new Complex(centre * centre, 0)).sqrt();
      if (pole.im() == 0 && root.im() == 0) {
        filter.addReal(half.plus(root).re(), half.minus(root).re());
      } else {
        filter.add(half.plus(root));
        if (pole.im() != 0) {
          filter.add(half.minus(root));
        }
      }
    }
    return List.copyOf(filter.sections);
  }

  /** Analogue frequency, in units of twice the sampling frequency, of a digital one. */
  private static double warp(double fraction) {
    return Math.tan(Math.PI * fraction);
  }

  /** Poles with cut-off 1 in the upper half plane, and the real one of an odd order. */
  private static List<Complex> prototype(int order) {
    List<Complex> poles = new ArrayList<>();
    for (int k = 0; k < order / 2; k++) {
      poles.add(Complex.polar(1, Math.PI * (2 * k + order + 1) / (2.0 * order)));
    }
    if (order % 2 == 1) {
      poles.add(new Complex(-1, 0));
    }
    return poles;
  }

  /** Adds the section of an analogue pole and its conjugate, or of one real pole. */
  private void add(Complex analogue) {
    Complex pole = digital(analogue);
    if (analogue.im() == 0) {
      add(new Section(1, -zero1, 0, -pole.re(), 0));
    } else {
      addPair(-2 * pole.re(), pole.re() * pole.re() + pole.im() * pole.im());
    }
  }

  /** Adds the section of two real analogue poles. */
  private void addReal(double first, double second) {
    double one = digital(new Complex(first, 0)).re();
    double two = digital(new Complex(second, 0)).re();
    addPair(-(one + two), one * two);
  }

  private void addPair(double a1, double a2) {
    add(new Section(1, -(zero1 + zero2), zero1 * zero2, a1, a2));
  }

  private void add(Section section) {
    sections.add(section.normalisedAt(reference));
  }

  private static Complex digital(Complex analogue) {
    Complex one = new Complex(1, 0);
    return one.plus(analogue).div(one.minus(analogue));
  }
}
