package dev.stride.benchmarks.engine;

import dev.stride.api.Operator;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.stream.IntStream;

/**
 * Two independent branches of operators that are worth a thread each, on one thread and on two:
 * what forward and adjoint together gain.
 */
final class Branches implements AutoCloseable {

  private static final int LENGTH = 250;
  private static final long OPERATOR_NANOS = 20_000;

  private final Stride oneThread = stride(1);
  private final Stride twoThreads = stride(2);
  private final Recorded<Double> one;
  private final Recorded<Double> two;
  private final Samples speedup = new Samples();
  private final Samples bareSpeedup = new Samples();
  private final Busy busy = Busy.lasting(OPERATOR_NANOS);

  Branches() {
    one = graph(oneThread, busy);
    two = graph(twoThreads, busy);
  }

  private static Stride stride(int threads) {
    return Stride.builder().withoutDiscovery().threads(threads).build();
  }

  private static Recorded<Double> graph(Stride stride, Busy busy) {
    Operator<Double> operator = stride.bind(busy);
    Operator<Double> sum = stride.bind(new SumNumbers(2));
    return new Recorded<>(
        stride,
        1.0,
        1.0,
        x -> {
          Variable<Double> left = x;
          Variable<Double> right = x;
          for (int i = 0; i < LENGTH; i++) {
            left = operator.call(left);
            right = operator.call(right);
          }
          return sum.call(left, right);
        });
  }

  void warmUp(int times) {
    for (int i = 0; i < times; i++) {
      nanoseconds(one);
      nanoseconds(two);
    }
  }

  void turn() {
    speedup.add((double) nanoseconds(one) / nanoseconds(two));
    bareSpeedup.add((double) bareNanoseconds(1) / bareNanoseconds(2));
  }

  double speedup() {
    return speedup.median();
  }

  /** What the same arithmetic gains on threads without an engine: what the machine has to give. */
  double bareSpeedup() {
    return bareSpeedup.median();
  }

  private long bareNanoseconds(int threads) {
    int operators = 2 * 2 * LENGTH / threads;
    long start = System.nanoTime();
    double sum =
        IntStream.range(0, threads).parallel().mapToDouble(thread -> chain(operators)).sum();
    long elapsed = System.nanoTime() - start;
    if (sum < threads) {
      throw new IllegalStateException("scaling 1 up " + operators + " times gave less: " + sum);
    }
    return elapsed;
  }

  private double chain(int operators) {
    double y = 1;
    for (int i = 0; i < operators; i++) {
      y = busy.scaled(y);
    }
    return y;
  }

  private static long nanoseconds(Recorded<Double> graph) {
    long start = System.nanoTime();
    graph.forward();
    graph.adjoint();
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    oneThread.close();
    twoThreads.close();
  }
}
