package dev.stride.benchmarks.engine;

/** Branches of scaled numbers as anybody would write them, and the adjoint by hand. */
final class NumberLoop implements Workload {

  private final int branches;
  private final int length;

  NumberLoop(int branches, int length) {
    this.branches = branches;
    this.length = length;
  }

  @Override
  public Object forward() {
    double sum = 0;
    for (int branch = 0; branch < branches; branch++) {
      sum += scaled(1);
    }
    return sum;
  }

  @Override
  public Object adjoint() {
    double gradient = 0;
    for (int branch = 0; branch < branches; branch++) {
      gradient += scaled(1.0);
    }
    return gradient;
  }

  private double scaled(double start) {
    double value = start;
    for (int i = 0; i < length; i++) {
      value = Scaling.of(value);
    }
    return value;
  }
}
