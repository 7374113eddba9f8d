package dev.stride.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A coronal slice of a breast in water, drawn from a seed: skin of 2 mm at 1580 m/s, fat at 1450,
 * glands at 1540 with two lesions at 1580 and 1565, and water at 1500 around it.
 *
 * <p>It is a function of position, not of a grid, so that it can be drawn on any grid: the truth
 * for measured data on a finer one than the inversion's. Immutable.
 */
public final class BreastPhantom {

  /** Speed of sound of the water around the breast, in m/s. */
  public static final double WATER = 1500;

  /** Speed of sound of the skin, in m/s. */
  public static final double SKIN = 1580;

  /** Speed of sound of fat, in m/s. */
  public static final double FAT = 1450;

  /** Speed of sound of the glands, in m/s. */
  public static final double GLAND = 1540;

  /** Thickness of the skin, in metres. */
  public static final double SKIN_THICKNESS = 2e-3;

  /** Width of the ring of gland tissue that is free of anything else around a lesion, in metres. */
  static final double LESION_MARGIN = 5e-3;

  private static final double BREAST_RADIUS = 66e-3;
  private static final double GLAND_RADIUS = 37e-3;
  private static final int PLACEMENT_TRIALS = 10_000;

  private final Outline breast;
  private final Outline glands;
  private final List<Outline> fatLobules;
  private final List<Lesion> lesions;

  private BreastPhantom(
      Outline breast, Outline glands, List<Outline> fatLobules, List<Lesion> lesions) {
    this.breast = breast;
    this.glands = glands;
    this.fatLobules = List.copyOf(fatLobules);
    this.lesions = List.copyOf(lesions);
  }

  /** Draws a breast. The same seed gives the same breast. */
  public static BreastPhantom ofSeed(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Outline breast =
        Outline.random(
            between(-3e-3, 3e-3, random),
            between(-3e-3, 3e-3, random),
            BREAST_RADIUS * between(0.97, 1.03, random),
            2,
            4,
            0.10,
            random);
    while (true) {
      Outline glands =
          Outline.random(
              breast.centreY() + between(-6e-3, 6e-3, random),
              breast.centreX() + between(-6e-3, 6e-3, random),
              GLAND_RADIUS * between(0.95, 1.05, random),
              2,
              8,
              0.45,
              random);
      List<Lesion> lesions = new ArrayList<>();
      if (addLesion("lesion 1", 1580, between(5.5e-3, 7e-3, random), glands, lesions, random)
          && addLesion("lesion 2", 1565, between(6e-3, 8e-3, random), glands, lesions, random)) {
        return new BreastPhantom(breast, glands, lobules(glands, lesions, random), lesions);
      }
    }
  }

  private static boolean addLesion(
      String name,
      double speed,
      double radius,
      Outline glands,
      List<Lesion> lesions,
      RandomGenerator random) {
    double reach = glands.reach();
    for (int trial = 0; trial < PLACEMENT_TRIALS; trial++) {
      double y = glands.centreY() + between(-reach, reach, random);
      double x = glands.centreX() + between(-reach, reach, random);
      Lesion lesion = new Lesion(name, y, x, radius, speed);
      if (surroundedBy(glands, lesion) && clearOf(lesions, lesion)) {
        lesions.add(lesion);
        return true;
      }
    }
    return false;
  }

  private static boolean surroundedBy(Outline glands, Lesion lesion) {
    double reach = lesion.radius() + LESION_MARGIN;
    if (!glands.contains(lesion.centreY(), lesion.centreX())) {
      return false;
    }
    for (int k = 0; k < 48; k++) {
      double angle = k * Math.PI / 24;
      double y = lesion.centreY() + reach * Math.sin(angle);
      double x = lesion.centreX() + reach * Math.cos(angle);
      if (!glands.contains(y, x)) {
        return false;
      }
    }
    return true;
  }

  private static boolean clearOf(List<Lesion> others, Lesion lesion) {
    return others.stream()
        .allMatch(other ->
            other.distance(lesion.centreY(), lesion.centreX())
                > other.radius() + lesion.radius() + 2 * LESION_MARGIN);
  }

  private static List<Outline> lobules(
      Outline glands, List<Lesion> lesions, RandomGenerator random) {
    List<Outline> lobules = new ArrayList<>();
    double reach = glands.meanRadius();
    for (int trial = 0; trial < 200 && lobules.size() < 4; trial++) {
      double y = glands.centreY() + between(-reach, reach, random);
      double x = glands.centreX() + between(-reach, reach, random);
      double radius = between(3e-3, 6e-3, random);
      Outline lobule = Outline.random(y, x, radius, 2, 4, 0.25, random);
      double extent = lobule.reach();
      boolean clear =
          lesions.stream().allMatch(l -> l.distance(y, x) > l.radius() + LESION_MARGIN + extent)
              && lobules.stream()
                  .allMatch(o -> Math.hypot(o.centreY() - y, o.centreX() - x) > 2 * extent + 4e-3);
      if (clear) {
        lobules.add(lobule);
      }
    }
    return lobules;
  }

  private static double between(double low, double high, RandomGenerator random) {
    return low + (high - low) * random.nextDouble();
  }

  /** The lesions, in a fixed order. */
  public List<Lesion> lesions() {
    return lesions;
  }

  /** Speed of sound at a point, in m/s. */
  public double speed(double y, double x) {
    double depth = breast.depth(y, x);
    if (depth < 0) {
      return WATER;
    }
    if (depth < SKIN_THICKNESS) {
      return SKIN;
    }
    for (Lesion lesion : lesions) {
      if (lesion.distance(y, x) <= lesion.radius()) {
        return lesion.speed();
      }
    }
    return inGlands(y, x, depth) ? GLAND : FAT;
  }

  private boolean inGlands(double y, double x, double depthInBreast) {
    return depthInBreast > 2 * SKIN_THICKNESS
        && glands.contains(y, x)
        && fatLobules.stream().noneMatch(lobule -> lobule.contains(y, x));
  }

  /**
   * Draws the phantom on a grid: each node gets the mean speed over its cell.
   *
   * @param samplesPerAxis points a cell and axis that the mean is taken over; 1 takes the speed at
   *     the node itself, without anti-aliasing
   */
  public SpeedModel draw(Grid grid, int samplesPerAxis) {
    if (samplesPerAxis < 1) {
      throw new IllegalArgumentException(
          "phantom: samplesPerAxis is %d. It must be 1 or more.".formatted(samplesPerAxis));
    }
    float[] speed = new float[grid.size()];
    for (int row = 0; row < grid.ny(); row++) {
      for (int column = 0; column < grid.nx(); column++) {
        speed[grid.index(row, column)] =
            (float) cellMean(grid.y(row), grid.x(column), grid.spacing(), samplesPerAxis);
      }
    }
    return new SpeedModel(grid, speed);
  }

  private double cellMean(double y, double x, double spacing, int samples) {
    if (samples > 1 && isUniform(y, x, spacing)) {
      return speed(y, x);
    }
    double sum = 0;
    for (int i = 0; i < samples; i++) {
      double sampleY = y + spacing * ((i + 0.5) / samples - 0.5);
      for (int j = 0; j < samples; j++) {
        sum += speed(sampleY, x + spacing * ((j + 0.5) / samples - 0.5));
      }
    }
    return sum / (samples * samples);
  }

  /** Whether a cell is all of one tissue, found at nine points; only for cells finer than skin. */
  private boolean isUniform(double y, double x, double spacing) {
    if (spacing > SKIN_THICKNESS) {
      return false;
    }
    double middle = speed(y, x);
    for (int i = -1; i <= 1; i++) {
      for (int j = -1; j <= 1; j++) {
        if (speed(y + 0.5 * i * spacing, x + 0.5 * j * spacing) != middle) {
          return false;
        }
      }
    }
    return true;
  }
}
