package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;

/** What the sources of all kernels begin with. */
public final class Source {

  /** Not inline: without an external definition the linkers of some drivers miss it. */
  private static final String FUNCTIONS =
      """
      static T least(const T a, const T b) {
        return a < b ? a : b < a ? b : a == b ? (signbit(a) ? a : b) : a + b;
      }
      static T greatest(const T a, const T b) {
        return a > b ? a : b > a ? b : a == b ? (signbit(a) ? b : a) : a + b;
      }
      static T sgn(const T x) { return x > 0 ? (T) 1 : x < 0 ? (T) -1 : x; }
      static T power(const T a, const T b) {
        return isnan(b) ? b : isinf(b) && fabs(a) == 1 ? b - b : pow(a, b);
      }
      """;

  /**
   * Has products and sums rounded apart, so that an expression gives the bits of its parts one
   * after the other. For kernels that wait for memory.
   */
  static final String ROUNDED_APART = "#pragma OPENCL FP_CONTRACT OFF\n";

  private Source() {}

  /** What a source begins with that declares types of its own, up to this one. */
  public static String types(DataType widest) {
    return pragma(widest == DataType.FLOAT64);
  }

  /** The type of elements, {@code T}, and the functions of {@link Code}. */
  public static String elements(DataType type) {
    return pragma(type == DataType.FLOAT64)
        + "typedef "
        + name(type)
        + " T;\n#define C(x) "
        + (type == DataType.FLOAT64 ? "x" : "x##f")
        + "\n"
        + FUNCTIONS;
  }

  /** The same, the type that is accumulated in, {@code A}: float64 where there is one, a fold. */
  public static String folds(DataType type, boolean doubles, Fold fold) {
    return pragma(doubles)
        + elements(type)
        + "typedef "
        + (doubles ? "double" : "float")
        + " A;\n"
        + fold.functions();
  }

  /** The kernel that converts elements from one type to another. */
  static String conversion(DataType from, DataType to) {
    return pragma(true)
        + "__kernel void convert(__global const "
        + name(from)
        + " *x, __global "
        + name(to)
        + " *out) {\nout[get_global_id(0)] = x[get_global_id(0)];\n}\n";
  }

  private static String pragma(boolean doubles) {
    return doubles ? "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n" : "";
  }

  /** The name of a type of elements. */
  public static String name(DataType type) {
    return type == DataType.FLOAT64 ? "double" : "float";
  }
}
