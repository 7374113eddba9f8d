package dev.stride.ops.std.internal.kernel;

/**
 * Many sums at once, each with its rounding errors kept, without a branch. NaN and infinity pass.
 */
final class CompensatedSums {

  private final double[] sum;
  private final double[] lost;

  CompensatedSums(int size) {
    this.sum = new double[size];
    this.lost = new double[size];
  }

  /** Adds {@code terms[from + i]} to sum {@code at + i}. */
  void add(double[] terms, int from, int at, int count) {
    for (int i = 0; i < count; i++) {
      double term = terms[from + i];
      double before = sum[at + i];
      double next = before + term;
      double added = next - before;
      lost[at + i] += (before - (next - added)) + (term - added);
      sum[at + i] = next;
    }
  }

  /** The sums; ends their use. */
  double[] values() {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Double.isFinite(sum[i]) ? sum[i] + lost[i] : sum[i];
    }
    return sum;
  }
}
