package dev.stride.testkit.internal.numeric;

/** Neumaier's compensated sum: its error does not grow with the number of terms. */
public final class Sum {

  private double sum;
  private double lost;

  /** Adds a term. */
  public void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  /** Adds the products of two arrays, each with its rounding error. */
  void addProducts(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      double product = a[i] * b[i];
      add(product);
      lost += Math.fma(a[i], b[i], -product);
    }
  }

  /** The sum so far; NaN and infinity pass. */
  public double value() {
    return Double.isFinite(sum) ? sum + lost : sum;
  }
}
