package dev.stride.ops.std.internal.kernel;

/** Neumaier's sum: its error does not grow with the number of terms. NaN and infinity pass. */
final class CompensatedSum {

  private double sum;
  private double lost;

  void add(double term) {
    double next = sum + term;
    if (Math.abs(sum) >= Math.abs(term)) {
      lost += (sum - next) + term;
    } else {
      lost += (term - next) + sum;
    }
    sum = next;
  }

  double value() {
    return Double.isFinite(sum) ? sum + lost : sum;
  }

  /** The sum, which starts from zero again. */
  double take() {
    double value = value();
    sum = 0;
    lost = 0;
    return value;
  }
}
