package dev.stride.benchmarks.kernels;

import dev.stride.benchmarks.kernels.Contest.Work;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Measures the sides of a case in turn, after warming each up; figures are medians over the turns,
 * a ratio the median of the ratios within a turn.
 */
public final class CaseTimer {

  private static final double WARM_UP_SECONDS = 0.4;
  private static final int PATIENCE = 4;
  private static final double LONGEST_WARM_UP_SECONDS = 8;
  private static final double STEADY = 1.3;
  private static final double TURN_SECONDS = 2e-3;
  private static final double LIMIT_SECONDS = 2;
  private static final long PAUSE_MILLISECONDS = 8;

  private final int turns;

  /**
   * A timer.
   *
   * @param turns most that a case gets; cases of long runs get fewer, but 3
   */
  public CaseTimer(int turns) {
    this.turns = turns;
  }

  /** The figures of a case, by key. */
  public Map<String, Object> measure(KernelCase one) {
    try {
      return figures(one, one.contest().get());
    } catch (Throwable failure) {
      throw new IllegalStateException(one.name() + " failed", failure);
    }
  }

  private Map<String, Object> figures(KernelCase one, Contest contest) throws Throwable {
    Side ours = new Side(contest.ours(), PATIENCE);
    Side theirs = contest.theirs() == null ? null : new Side(contest.theirs(), 1);
    Side fresh = contest.fresh() == null ? null : new Side(contest.fresh(), 1);
    double turn = ours.seconds() + (theirs == null ? 0 : theirs.seconds());
    int rounds = (int) Math.clamp(LIMIT_SECONDS / turn, 3, turns);
    double[][] times = new double[3][rounds];
    for (int i = 0; i < rounds; i++) {
      times[0][i] = ours.time();
      times[1][i] = theirs == null ? Double.NaN : theirs.time();
      times[2][i] = fresh == null ? Double.NaN : fresh.time();
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", one.name());
    result.put(one.unit(), rounded(one.work() / median(times[0]) / 1e9));
    if (contest.yardstick() != null) {
      result.put("yardstick", contest.yardstick());
    }
    if (theirs != null) {
      result.put("yardstick_" + one.unit(), rounded(one.work() / median(times[1]) / 1e9));
      result.put("ratio", rounded(median(quotients(times[1], times[0]))));
    }
    if (fresh != null && theirs != null) {
      result.put("ratio_with_fresh_results", rounded(median(quotients(times[1], times[2]))));
    }
    if (contest.obstacle() != null) {
      result.put("skipped", contest.obstacle());
    }
    DoubleSupplier difference = contest.difference();
    if (difference != null && theirs != null) {
      result.put("difference", requireSame(one, difference.getAsDouble(), contest.tolerance()));
    }
    return result;
  }

  private static double requireSame(KernelCase one, double difference, double tolerance) {
    if (!(difference <= tolerance)) {
      throw new IllegalStateException(
          "results of "
              + one.name()
              + " are apart by "
              + difference
              + ", not at most "
              + tolerance);
    }
    return difference;
  }

  /** One side, warm, with as many runs a turn as a clock can measure. */
  private static final class Side {

    private final Work work;
    private final int runs;

    Side(Work work, int patience) throws Throwable {
      this.work = work;
      this.runs = (int) Math.clamp(TURN_SECONDS / warmUp(patience), 1, 1_000_000);
    }

    /**
     * Runs until the best time has hardly changed over some spans of {@link #WARM_UP_SECONDS}:
     * virtual machines compile loops while they run, and vector code of ours late.
     *
     * @param patience how many
     * @return the shortest time of a run
     */
    private double warmUp(int patience) throws Throwable {
      long start = System.nanoTime();
      double best = span();
      int steady = 0;
      while (steady < patience && System.nanoTime() - start < LONGEST_WARM_UP_SECONDS * 1e9) {
        double before = best;
        best = Math.min(best, span());
        steady = before < STEADY * best ? steady + 1 : 0;
      }
      return best;
    }

    /** The shortest time of a run in a while. */
    private double span() throws Throwable {
      long start = System.nanoTime();
      long last = start;
      double shortest = Double.MAX_VALUE;
      for (int i = 0; i < 2 || (last - start) / 1e9 < WARM_UP_SECONDS; i++) {
        work.run();
        long now = System.nanoTime();
        shortest = Math.min(shortest, (now - last) / 1e9);
        last = now;
      }
      return shortest;
    }

    double seconds() throws Throwable {
      return time() * runs;
    }

    /**
     * Seconds of one run, after one that is not timed. Threads of OpenMP spin for milliseconds
     * after their work, on cores that the other side needs: they get time to go to sleep first.
     */
    double time() throws Throwable {
      Thread.sleep(PAUSE_MILLISECONDS);
      work.run();
      long start = System.nanoTime();
      for (int i = 0; i < runs; i++) {
        work.run();
      }
      return (System.nanoTime() - start) / 1e9 / runs;
    }
  }

  private static double[] quotients(double[] a, double[] b) {
    double[] quotients = new double[a.length];
    Arrays.setAll(quotients, i -> a[i] / b[i]);
    return quotients;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
