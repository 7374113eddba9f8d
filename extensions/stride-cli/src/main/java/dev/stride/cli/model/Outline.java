package dev.stride.cli.model;

import java.util.random.RandomGenerator;

/**
 * A smooth closed curve around a centre: its radius is a mean radius times one plus a few random
 * harmonics of the angle.
 */
final class Outline {

  private final double centreY;
  private final double centreX;
  private final double meanRadius;
  private final int firstHarmonic;
  private final double[] amplitudes;
  private final double[] phases;

  private Outline(
      double centreY,
      double centreX,
      double meanRadius,
      int firstHarmonic,
      double[] amplitudes,
      double[] phases) {
    this.centreY = centreY;
    this.centreX = centreX;
    this.meanRadius = meanRadius;
    this.firstHarmonic = firstHarmonic;
    this.amplitudes = amplitudes;
    this.phases = phases;
  }

  /**
   * Draws a curve.
   *
   * @param first lowest harmonic, 2 or more (harmonic 1 would only move the centre)
   * @param last highest harmonic
   * @param roughness sum of the amplitudes of all harmonics, relative to the radius, below 1
   */
  static Outline random(
      double centreY,
      double centreX,
      double meanRadius,
      int first,
      int last,
      double roughness,
      RandomGenerator random) {
    int count = last - first + 1;
    double[] amplitudes = new double[count];
    double[] phases = new double[count];
    double total = 0;
    for (int k = 0; k < count; k++) {
      amplitudes[k] = (0.5 + random.nextDouble()) / Math.sqrt(first + k);
      phases[k] = 2 * Math.PI * random.nextDouble();
      total += amplitudes[k];
    }
    for (int k = 0; k < count; k++) {
      amplitudes[k] *= roughness / total;
    }
    return new Outline(centreY, centreX, meanRadius, first, amplitudes, phases);
  }

  double centreY() {
    return centreY;
  }

  double centreX() {
    return centreX;
  }

  double meanRadius() {
    return meanRadius;
  }

  /** Distance from the centre to the farthest point that the curve can have. */
  double reach() {
    double sum = 1;
    for (double amplitude : amplitudes) {
      sum += amplitude;
    }
    return meanRadius * sum;
  }

  /**
   * Distance to the curve in metres, positive inside: the gap along the ray from the centre, times
   * the cosine between the ray and the curve's normal. Exact for a circle, and to second order in
   * the distance elsewhere.
   */
  double depth(double y, double x) {
    double dy = y - centreY;
    double dx = x - centreX;
    double angle = Math.atan2(dy, dx);
    double radius = 1;
    double slope = 0;
    for (int k = 0; k < amplitudes.length; k++) {
      int harmonic = firstHarmonic + k;
      double phase = harmonic * angle + phases[k];
      radius += amplitudes[k] * Math.cos(phase);
      slope -= harmonic * amplitudes[k] * Math.sin(phase);
    }
    double gap = meanRadius * radius - Math.hypot(dy, dx);
    return gap / Math.hypot(1, slope / radius);
  }

  boolean contains(double y, double x) {
    return depth(y, x) >= 0;
  }
}
