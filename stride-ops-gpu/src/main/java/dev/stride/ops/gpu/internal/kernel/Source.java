package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;

/** What the sources of all kernels begin with. */
final class Source {

  private static final String FUNCTIONS =
      """
      inline T least(const T a, const T b) { return isnan(a) || isnan(b) ? a + b : fmin(a, b); }
      inline T greatest(const T a, const T b) { return isnan(a) || isnan(b) ? a + b : fmax(a, b); }
      inline T sgn(const T x) { return x > 0 ? (T) 1 : x < 0 ? (T) -1 : x; }
      """;

  /** A sum and what its roundings have lost, of a type that has both types of elements. */
  private static final String SUMS =
      """
      inline void add(A *sum, A *lost, const A term) {
        const A next = *sum + term;
        const A added = next - *sum;
        *lost += (*sum - (next - added)) + (term - added);
        *sum = next;
      }
      inline A total(const A sum, const A lost) { return isfinite(sum) ? sum + lost : sum; }
      """;

  private Source() {}

  /** The type of elements, {@code T}, and the functions of {@link Code}. */
  static String elements(DataType type) {
    return pragma(type == DataType.FLOAT64)
        + "typedef "
        + name(type)
        + " T;\n#define C(x) "
        + (type == DataType.FLOAT64 ? "x" : "x##f")
        + "\n"
        + FUNCTIONS;
  }

  /** The same and the type that sums are accumulated in, {@code A}: float64 where there is one. */
  static String sums(DataType type, boolean doubles) {
    return pragma(doubles)
        + elements(type)
        + "typedef "
        + (doubles ? "double" : "float")
        + " A;\n"
        + SUMS;
  }

  private static String pragma(boolean doubles) {
    return doubles ? "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n" : "";
  }

  private static String name(DataType type) {
    return type == DataType.FLOAT64 ? "double" : "float";
  }
}
