package dev.stride.benchmarks.engine;

import dev.stride.benchmarks.engine.BareTape.TapeOperator;

/** Branches of scaled numbers on a {@link BareTape}, summed at the end. */
final class NumberTape implements Workload {

  private final BareTape<Double> tape = new BareTape<>(Double::sum);
  private final Scale scale = new Scale();
  private final int length;
  private final int[] ends;

  NumberTape(int branches, int length) {
    this.length = length;
    this.ends = new int[branches];
  }

  @Override
  public Object forward() {
    int input = tape.input();
    double sum = 0;
    for (int branch = 0; branch < ends.length; branch++) {
      Double value = 1.0;
      int entry = input;
      for (int i = 0; i < length; i++) {
        value = scale.forward(value);
        entry = tape.push(scale, entry);
      }
      ends[branch] = entry;
      sum += value;
    }
    return sum;
  }

  @Override
  public Object adjoint() {
    for (int end : ends) {
      tape.add(end, 1.0);
    }
    return tape.adjoint(0);
  }

  private static final class Scale implements TapeOperator<Double> {

    @Override
    public Double forward(Double x) {
      return Scaling.of(x);
    }

    @Override
    public Double adjoint(Double cotangent) {
      return Scaling.of(cotangent);
    }
  }
}
