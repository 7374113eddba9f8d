package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.benchmarks.engine.EngineFigures;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * What the engine itself costs: graphs of operators that do next to nothing, through the public
 * API, beside a bare tape and a plain loop that do the same arithmetic.
 *
 * <p>Prints for every case, per operator and as medians over the turns:
 *
 * <table>
 *   <caption>Figures</caption>
 *   <tr><th>key<th>what
 *   <tr><td>forward_ns<td>to build the graph and compute it, until the root's value is there
 *   <tr><td>adjoint_ns<td>its adjoint run until {@code join} returns; this releases the graph
 *   <tr><td>release_ns<td>a run that releases the graph and asks for no gradient of it
 *   <tr><td>bytes_per_operator<td>allocated by all threads in forward and adjoint
 *   <tr><td>live_bytes_per_operator<td>alive between forward and adjoint
 *   <tr><td>bare_tape_ns<td>forward and adjoint of a tape of plain arrays, in the same turn
 *   <tr><td>plain_loop_ns<td>those of a loop without any record
 *   <tr><td>ratio_to_bare_tape<td>forward and adjoint, over those of the tape
 *   <tr><td>ratio_to_plain_loop<td>forward and adjoint, over those of the loop
 * </table>
 *
 * <p>{@code jfr_and_listener} and {@code all_features} are the scalar chain with a listener and a
 * running flight recording, the latter with call sites too. {@code bare_events_ns} is what the two
 * flight events of an operator cost by themselves. {@code two_branches_speedup} is what two
 * independent branches of operators of 20 us gain from a second thread, {@code
 * two_bare_threads_speedup} what the same arithmetic gains from one without an engine, {@code
 * growth_1m_over_10k} the time per operator of a scalar chain of 1,000,000 over that of 10,000.
 */
public final class EngineBenchmark {

  private static final int TURNS = 15;

  private EngineBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --json}: print one JSON document; otherwise one line per figure. A
   *     number: how often each case is timed
   */
  public static void main(String... arguments) throws IOException {
    int turns = TURNS;
    boolean json = false;
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        json = true;
      } else {
        turns = Integer.parseInt(argument);
      }
    }
    try (EngineFigures figures = new EngineFigures()) {
      figures.measure(turns);
      print(System.out, json, figures.toMap());
    }
  }

  private static void print(PrintStream out, boolean json, Map<String, Object> figures)
      throws IOException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(figures));
      return;
    }
    figures.forEach((key, value) -> {
      if (value instanceof List<?> goals) {
        goals.forEach(goal -> out.println(key + " " + goal));
      } else {
        out.println(key + " " + value);
      }
    });
  }
}
