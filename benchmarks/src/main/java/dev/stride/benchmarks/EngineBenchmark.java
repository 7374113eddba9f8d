package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the engine itself costs: a chain of 100,000 scalar operators that do next to nothing.
 *
 * <p>Prints, per operator, medians over the rounds: the time to build and compute the chain ({@code
 * forward_ns}), the time of its adjoint run until {@code join} returns ({@code adjoint_ns}), the
 * bytes that the caller allocates to build it ({@code bytes_per_operator}), and the bytes of it
 * that are alive before the adjoint ({@code live_bytes_per_operator}).
 */
public final class EngineBenchmark {

  private static final int LENGTH = 100_000;
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 15;

  private EngineBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --json}: print one JSON document; otherwise one line per figure
   */
  public static void main(String... arguments) throws IOException {
    Map<String, Object> chain = new LinkedHashMap<>();
    try (Stride stride = Stride.builder().withoutDiscovery().build()) {
      List<Round> rounds = measure(stride, stride.bind(new Shift()));
      chain.put("forward_ns", median(rounds, Round::forwardNanos));
      chain.put("adjoint_ns", median(rounds, Round::adjointNanos));
      chain.put("bytes_per_operator", median(rounds, Round::allocatedBytes));
      chain.put("live_bytes_per_operator", median(rounds, Round::liveBytes));
    }
    print(System.out, List.of(arguments).contains("--json"), chain);
  }

  private static List<Round> measure(Stride stride, Operator<Double> operator) {
    for (int i = 0; i < WARM_UP; i++) {
      round(stride, operator, false);
    }
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(round(stride, operator, true));
    }
    return rounds;
  }

  private static Round round(Stride stride, Operator<Double> operator, boolean weigh) {
    Variable<Double> x = stride.parameter("x", 1.0);
    long liveBefore = weigh ? liveBytes() : 0;
    long allocatedBefore = allocatedBytes();
    long start = System.nanoTime();
    Variable<Double> y = x;
    for (int i = 0; i < LENGTH; i++) {
      y = operator.call(y);
    }
    y.get();
    long built = System.nanoTime();
    long allocated = allocatedBytes() - allocatedBefore;
    long live = weigh ? liveBytes() - liveBefore : 0;
    long before = System.nanoTime();
    y.adjoint().join();
    long adjoint = System.nanoTime() - before;
    if (!Double.valueOf(1).equals(x.grad())) {
      throw new IllegalStateException("the gradient is " + x.grad() + "; expected 1");
    }
    return new Round(
        perOperator(built - start),
        perOperator(adjoint),
        perOperator(allocated),
        perOperator(live));
  }

  private static double perOperator(long total) {
    return (double) total / LENGTH;
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Bytes on the heap right after full collections, when nothing else allocates. */
  private static long liveBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return Math.round(10 * sorted[sorted.length / 2]) / 10.0;
  }

  private static void print(PrintStream out, boolean json, Map<String, Object> chain)
      throws IOException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(Map.of("scalar_chain_100k", chain)));
    } else {
      chain.forEach((name, value) -> out.println("scalar_chain_100k " + name + " " + value));
    }
  }

  private record Round(
      double forwardNanos, double adjointNanos, double allocatedBytes, double liveBytes) {}

  /** {@code y = x + 1}; its adjoint needs no argument. */
  private static final class Shift implements BlockingOperator<Double> {

    private static final Signature SIGNATURE =
        Signature.named("benchmark.shift")
            .input("x", Double.class)
            .output("y", Double.class)
            .adjointNeeds()
            .build();

    @Override
    public Signature signature() {
      return SIGNATURE;
    }

    @Override
    public Weight weight() {
      return Weight.CHEAP;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.value("x", Double.class) + 1);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent("y", Double.class));
    }
  }
}
