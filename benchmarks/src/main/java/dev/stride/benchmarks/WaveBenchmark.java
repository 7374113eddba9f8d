package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.api.Shape;
import dev.stride.core.internal.async.ComputePool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of wave propagation against plain C loops of the same layout, tiles and damping,
 * compiled by gcc -O3 -march=native -ffast-math -fopenmp.
 *
 * <p>Both sides run in turn in one process, {@value #REPEATS} times each after warming up; figures
 * are medians, {@code ratio} is the median of the ratios within a turn, {@code spread} their
 * interquartile range. Outputs are compared after every turn.
 */
public final class WaveBenchmark {

  private static final int WARM_UP = 3;
  private static final int REPEATS = 11;
  private static final double TOLERANCE = 1e-3;

  private final PrintStream out;
  private final NativeWave yardstick;

  private WaveBenchmark(PrintStream out, NativeWave yardstick) {
    this.out = out;
    this.yardstick = yardstick;
  }

  /** Runs all cases; {@code --json} prints one JSON document and nothing else. */
  public static void main(String[] arguments) throws IOException {
    Path library = Path.of(System.getProperty("stride.benchmarks.native"), "wave.so");
    new WaveBenchmark(System.out, new NativeWave(library))
        .run(Arrays.asList(arguments).contains("--json"));
  }

  private void run(boolean json) throws IOException {
    List<Map<String, Object>> results = new ArrayList<>();
    for (WaveCase wave : cases()) {
      Map<String, Object> result = measure(wave);
      results.add(result);
      if (!json) {
        out.println(result);
      }
    }
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(Map.of("cases", results)));
    }
  }

  private static List<WaveCase> cases() {
    Shape flat = Shape.of(456, 485);
    Shape solid = Shape.of(200, 200, 200);
    return List.of(
        new WaveCase("2d_456x485_o10", flat, 10, 1, 500),
        new WaveCase("2d_456x485_o10", flat, 10, 2, 500),
        new WaveCase("3d_200_o8", solid, 8, 1, 10),
        new WaveCase("3d_200_o8", solid, 8, 2, 10));
  }

  private Map<String, Object> measure(WaveCase wave) {
    double[] ours = new double[REPEATS];
    double[] theirs = new double[REPEATS];
    double[] ratios = new double[REPEATS];
    double difference = 0;
    ComputePool pool = new ComputePool(wave.threads(), null);
    try {
      for (int turn = -WARM_UP; turn < REPEATS; turn++) {
        wave.reset();
        double c = wave.runC(yardstick);
        double java = wave.runJava(pool.parallel());
        difference = Math.max(difference, requireSame(wave));
        if (turn >= 0) {
          ours[turn] = java;
          theirs[turn] = c;
          ratios[turn] = java / c;
        }
      }
    } finally {
      pool.close(Duration.ofSeconds(1));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", wave.name());
    result.put("gpts", rounded(quantile(ours, 0.5)));
    result.put("c_gpts", rounded(quantile(theirs, 0.5)));
    result.put("ratio", rounded(quantile(ratios, 0.5)));
    result.put("spread", rounded(quantile(ratios, 0.75) - quantile(ratios, 0.25)));
    result.put("repeats", REPEATS);
    result.put("difference", difference);
    return result;
  }

  private static double requireSame(WaveCase wave) {
    double difference = wave.difference();
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          wave.name() + ": Java and C differ by " + difference + " of the largest value");
    }
    return difference;
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
