package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.benchmarks.kernels.CaseFamily;
import dev.stride.benchmarks.kernels.CaseTimer;
import dev.stride.benchmarks.kernels.ElementwiseCases;
import dev.stride.benchmarks.kernels.FourierCases;
import dev.stride.benchmarks.kernels.FusedCallCases;
import dev.stride.benchmarks.kernels.FusionCases;
import dev.stride.benchmarks.kernels.KernelCase;
import dev.stride.benchmarks.kernels.MatmulCases;
import dev.stride.benchmarks.kernels.ReductionCases;
import dev.stride.benchmarks.kernels.RepeatedCases;
import dev.stride.benchmarks.kernels.ShapeCases;
import dev.stride.benchmarks.kernels.SpaceCases;
import dev.stride.benchmarks.kernels.Teams;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every family of standard operators against other people's best, in one process: {@code
 * benchmarks/run kernels [--json] [--only TEXT[,TEXT...]] [--turns N]}.
 *
 * <p>A case prints its speed ({@code gbs}, {@code gflops}), the {@code yardstick} with its own
 * speed, and {@code ratio}: how many times as fast as the yardstick Stride is. {@code
 * ratio_with_fresh_results} is the same where Stride allocates its results and the yardstick does
 * not. For adjoints the yardstick is the operator's forward. A yardstick that is not installed is
 * {@code skipped}, with the reason.
 */
public final class KernelsBenchmark {

  private static final int TURNS = 15;

  private KernelsBenchmark() {}

  /** The families; a new one goes here. */
  private static List<CaseFamily> families() {
    return List.of(
        new ElementwiseCases(),
        new FusionCases(),
        new FusedCallCases(),
        new ReductionCases(),
        new RepeatedCases(),
        new FourierCases(),
        new MatmulCases(),
        new ShapeCases(),
        new SpaceCases());
  }

  /** Runs the cases; without {@code --json} a line each, as soon as it is there. */
  public static void main(String... arguments) throws IOException {
    List<String> given = List.of(arguments);
    boolean json = given.contains("--json");
    String only = option(given, "--only", "");
    CaseTimer timer = new CaseTimer(Integer.parseInt(option(given, "--turns", "" + TURNS)));
    List<Map<String, Object>> results = new ArrayList<>();
    try (Teams teams = new Teams()) {
      for (CaseFamily family : families()) {
        for (KernelCase one : family.cases(teams).toList()) {
          if (Stream.of(only.split(",", -1)).anyMatch(one.name()::contains)) {
            results.add(timer.measure(one));
            report(System.out, json, results.getLast());
          }
        }
      }
    }
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(Map.of("cases", results)));
    }
  }

  private static void report(PrintStream out, boolean json, Map<String, Object> result) {
    if (!json) {
      out.println(result);
    }
  }

  private static String option(List<String> arguments, String name, String fallback) {
    int at = arguments.indexOf(name);
    return at < 0 || at + 1 == arguments.size() ? fallback : arguments.get(at + 1);
  }
}
