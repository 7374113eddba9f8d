package dev.stride.cli.inversion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Which shots each iteration uses. In a band no shot comes twice before all have come; the shots of
 * an iteration are spread around the ring, and the order of such groups is drawn from a seed.
 */
final class Schedule {

  private final List<List<List<Integer>>> bands;

  private Schedule(List<List<List<Integer>>> bands) {
    this.bands = bands;
  }

  /**
   * Draws a schedule.
   *
   * @param shots number of shots that there are
   */
  static Schedule draw(Settings settings, int shots) {
    Random random = new Random(settings.seed());
    List<List<List<Integer>>> bands = new ArrayList<>();
    for (int band = 0; band < settings.frequencies().size(); band++) {
      List<List<Integer>> iterations = new ArrayList<>();
      while (iterations.size() < settings.iterations()) {
        iterations.addAll(groups(shots, settings.shotsPerIteration(), random));
      }
      bands.add(List.copyOf(iterations.subList(0, settings.iterations())));
    }
    return new Schedule(bands);
  }

  /** All shots once, in as many groups as are needed, each in rising order. */
  private static List<List<Integer>> groups(int shots, int size, Random random) {
    int count = Math.ceilDiv(shots, size);
    List<List<Integer>> groups = new ArrayList<>();
    for (int first = 0; first < count; first++) {
      List<Integer> group = new ArrayList<>();
      for (int shot = first; shot < shots; shot += count) {
        group.add(shot);
      }
      groups.add(List.copyOf(group));
    }
    Collections.shuffle(groups, random);
    return groups;
  }

  /** Shots of an iteration of a band, in rising order. */
  List<Integer> shots(int band, int iteration) {
    return bands.get(band).get(iteration);
  }

  /** All shots that some iteration uses, in rising order. */
  List<Integer> used() {
    TreeSet<Integer> used = new TreeSet<>();
    bands.forEach(band -> band.forEach(used::addAll));
    return List.copyOf(used);
  }
}
