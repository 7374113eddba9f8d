package dev.stride.core.load;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Gradients;
import dev.stride.api.Graph;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.Saved;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Waiting;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Programs that {@link SmallHeapTest} runs in a JVM with little memory. */
public final class SmallHeapProbe {

  private static final int DEPTH = 3;
  private static final int STATE_BYTES = 16 << 10;

  private final AtomicLong made = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();

  private SmallHeapProbe() {}

  /**
   * Runs one of the programs, and prints what it leaves behind.
   *
   * @param arguments {@code graphs} or {@code inversion}, and how often
   */
  public static void main(String... arguments) {
    SmallHeapProbe probe = new SmallHeapProbe();
    int count = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("graphs")) {
      probe.graphs(count);
    } else {
      probe.inversion(count);
    }
  }

  /** Many graphs one after the other: each is built, run, looked at, copied, and let go. */
  private void graphs(int count) {
    try (Stride stride = Engines.engine()) {
      Variable<Double> x = stride.parameter("x", 1.0);
      long characters = 0;
      for (int i = 0; i < count; i++) {
        Variable<Double> root = graph(x, i % 50 == 0 ? Weight.COMPUTE : Weight.CHEAP);
        Graph graph = root.graph();
        characters += text(i, graph).length();
        end(i, root.copy());
      }
      Waiting.collectUntil(() -> closed.get() == made.get());
      System.out.println("characters " + characters + " grad " + x.grad());
      System.out.println("open " + (made.get() - closed.get()) + " of " + made.get());
    }
  }

  private static String text(int i, Graph graph) {
    return switch (i % 3) {
      case 0 -> graph.print();
      case 1 -> graph.dot();
      default -> graph.json();
    };
  }

  /** Ends a graph in one of five ways, only the first two of which leave a gradient. */
  private static void end(int i, Variable<Double> root) {
    switch (i % 5) {
      case 0 -> Waiting.on(root.adjoint());
      case 1 -> Waiting.on(root.adjoint(AdjointOptions.defaults().retaining()));
      case 2 -> {
        Run<?> run = root.adjoint(2.0);
        if (run.cancel()) {
          Waiting.failureOf(run.stage());
        } else {
          Waiting.on(run);
        }
      }
      case 3 ->
          Waiting.failureOf(Doubles.failing(new IllegalStateException("boom")).call(root)::adjoint);
      default -> Waiting.on(root.value()); // Let go without a run.
    }
  }

  private Variable<Double> graph(Variable<Double> x, Weight weight) {
    Operator<Double> saving = saving(weight, 0);
    Operator<Double> average = Doubles.average();
    Variable<Double> y = x;
    for (int i = 0; i < DEPTH; i++) {
      y = average.call(saving.call(y), y);
    }
    return y;
  }

  /**
   * An inversion in small: in each iteration the gradients of some shots are accumulated and the
   * parameter takes a step. Prints heap, threads, files and native memory half-way and at the end.
   */
  private void inversion(int iterations) {
    try (Stride stride = Engines.engine()) {
      Variable<Double> speed = stride.parameter("speed", 10.0);
      for (int i = 1; i <= iterations; i++) {
        Waiting.on(stride.accumulate(List.of(1, 2, 3, 4), 2, shot -> misfit(speed, shot)));
        speed.set(speed.get() - 1e-3 * speed.grad());
        speed.clearGrad();
        if (i == iterations / 2) {
          report("half-way");
        }
      }
      report("at the end");
      System.out.println("speed " + speed.get());
    }
  }

  private Variable<Double> misfit(Variable<Double> speed, int shot) {
    Variable<Double> traces = saving(Weight.COMPUTE, STATE_BYTES).call(speed);
    Variable<Double> residual = Doubles.axpy().call(traces, -1.0, (double) shot);
    return Doubles.square().call(residual);
  }

  private void report(String when) {
    Waiting.collectUntil(() -> closed.get() == made.get());
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.println(
        when
            + ": heap "
            + (runtime.totalMemory() - runtime.freeMemory())
            + " threads "
            + Thread.getAllStackTraces().size()
            + " files "
            + openFiles()
            + " open "
            + (made.get() - closed.get()));
  }

  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  /** {@code y = x}, which saves native memory. */
  private LambdaOperator<Double> saving(Weight weight, int bytes) {
    return LambdaOperator.<Double>of(
            Doubles.unary("test.saving"),
            call -> Outputs.of(Doubles.x(call)).saving(new Native(bytes)),
            call -> {
              call.saved(Native.class).check();
              return Gradients.of(Doubles.dy(call));
            })
        .weighing(weight);
  }

  private final class Native implements Saved {
    private final Arena arena;
    private final MemorySegment memory;

    @SuppressWarnings("MustBeClosedChecker") // The engine closes it, in every ending.
    private Native(int bytes) {
      arena = bytes == 0 ? Arena.global() : Arena.ofShared();
      memory = bytes == 0 ? MemorySegment.NULL : arena.allocate(bytes);
      made.incrementAndGet();
    }

    private void check() {
      if (memory.byteSize() > 0 && memory.get(ValueLayout.JAVA_BYTE, 0) != 0) {
        throw new IllegalStateException("the memory is another's");
      }
    }

    @Override
    public long bytes() {
      return memory.byteSize();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      if (memory.byteSize() > 0) {
        arena.close(); // Throws if it was closed before.
      }
    }
  }
}
