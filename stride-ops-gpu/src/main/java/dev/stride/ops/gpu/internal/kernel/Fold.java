package dev.stride.ops.gpu.internal.kernel;

/**
 * How a {@link Reduction} makes one value of many. Values are of the type that sums are accumulated
 * in, with what roundings have lost beside them.
 */
public enum Fold {
  /** The sum, with its rounding errors kept; 0 of nothing. */
  SUM(
      """
      #define NONE 0
      static void add(A *sum, A *lost, const A term) {
        const A next = *sum + term;
        const A added = next - *sum;
        *lost += (*sum - (next - added)) + (term - added);
        *sum = next;
      }
      static A total(const A sum, const A lost) { return isfinite(sum) ? sum + lost : sum; }
      """),
  /** The largest value; NaN if any is. Negative infinity of nothing. */
  LARGEST(
      """
      #define NONE (-INFINITY)
      static void add(A *most, A *lost, const A term) {
        const bool stays = isnan(*most) || *most > term || (*most == term && !signbit(*most));
        *most = stays ? *most : term;
      }
      static A total(const A most, const A lost) { return most; }
      """),
  /** The smallest value; NaN if any is. Infinity of nothing. */
  SMALLEST(
      """
      #define NONE INFINITY
      static void add(A *least, A *lost, const A term) {
        const bool stays = isnan(*least) || *least < term || (*least == term && signbit(*least));
        *least = stays ? *least : term;
      }
      static A total(const A least, const A lost) { return least; }
      """),
  /** The product; 1 of nothing. */
  PRODUCT(
      """
      #define NONE 1
      static void add(A *product, A *lost, const A term) { *product *= term; }
      static A total(const A product, const A lost) { return product; }
      """);

  private final String functions;

  Fold(String functions) {
    this.functions = functions;
  }

  /** What nothing gives, how one value is added, and the whole, in OpenCL C. */
  String functions() {
    return functions;
  }
}
