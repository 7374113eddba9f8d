package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import dev.stride.testkit.CheckResult;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a proof costs: the operator contract, all rules in both types at the samples registered.
 *
 * <p>Prints, in seconds:
 *
 * <table>
 *   <caption>Figures</caption>
 *   <tr><th>key<th>what
 *   <tr><td>small_operator_first<td>the contract of {@code stride.softplus}, the first in a process
 *   <tr><td>small_operator<td>the same again; the median of five
 *   <tr><td>standard_pack<td>the contract of every operator of the standard pack, one by one
 *   <tr><td>slowest<td>the ten operators that take longest in it
 *   <tr><td>rules<td>the ten rules that do
 * </table>
 *
 * {@code operators} and {@code checks} count those of the standard pack.
 */
public final class TestkitBenchmark {

  private static final String SMALL = "stride.softplus";
  private static final int TURNS = 5;
  private static final int SHOWN = 10;

  private TestkitBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --json}: print one JSON document; otherwise one line per figure
   */
  public static void main(String... arguments) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    try (Stride stride = Stride.create()) {
      List<Discovery.Entry> operators = stride.discovery().operators();
      figures.putAll(small(operators));
      figures.putAll(
          all(operators.stream().filter(entry -> entry.pack().equals("stride.std")).toList()));
    }
    print(System.out, List.of(arguments).contains("--json"), figures);
  }

  private static Map<String, Object> small(List<Discovery.Entry> operators) {
    Discovery.Entry small =
        operators.stream().filter(entry -> entry.name().equals(SMALL)).findFirst().orElseThrow();
    double first = seconds(small);
    double[] again = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      again[turn] = seconds(small);
    }
    Arrays.sort(again);
    return ordered("small_operator_first", first, "small_operator", again[TURNS / 2]);
  }

  private static Map<String, Object> all(List<Discovery.Entry> operators) {
    long start = System.nanoTime();
    List<CheckResult> results =
        operators.stream().flatMap(entry -> report(entry).results().stream()).toList();
    double elapsed = secondsSince(start);
    Map<String, Object> figures = ordered("operators", operators.size(), "checks", results.size());
    figures.put("standard_pack", elapsed);
    figures.put("slowest", longest(results, CheckResult::operator));
    figures.put("rules", longest(results, result -> result.rule().toString()));
    return figures;
  }

  private static Report report(Discovery.Entry entry) {
    return GradientChecker.of(entry.operator()).at(entry.samples().get()).run().requirePassed();
  }

  private static double seconds(Discovery.Entry entry) {
    long start = System.nanoTime();
    report(entry);
    return secondsSince(start);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static Map<String, Double> longest(
      List<CheckResult> results, Function<CheckResult, String> key) {
    Map<String, Double> sums =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    key, Collectors.summingDouble(r -> r.elapsed().toNanos() * 1e-9)));
    Map<String, Double> longest = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(entry -> longest.put(entry.getKey(), entry.getValue()));
    return longest;
  }

  private static Map<String, Object> ordered(
      String first, Object firstValue, String second, Object secondValue) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(first, firstValue);
    figures.put(second, secondValue);
    return figures;
  }

  private static void print(PrintStream out, boolean json, Map<String, Object> figures)
      throws IOException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((key, value) -> out.println(key + " " + value));
    }
  }
}
