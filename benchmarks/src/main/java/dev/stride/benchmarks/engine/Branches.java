package dev.stride.benchmarks.engine;

import dev.stride.api.Operator;
import dev.stride.api.Variable;
import dev.stride.core.Stride;

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

  Branches() {
    Busy busy = Busy.lasting(OPERATOR_NANOS);
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
  }

  double speedup() {
    return speedup.median();
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
