package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.kernel.Source;

/**
 * The source of the passes of a transform, by T. G. Stockham's method, which leaves everything in
 * order: a pass of radix r makes transforms of r times the span out of r transforms of the span.
 *
 * <p>Small radices have a work item a butterfly, written out; others one a number, which sums r
 * terms.
 */
final class PassSource {

  private static final int LARGEST_BUTTERFLY = 7;

  private static final String PARAMETERS =
      """
      __kernel void pass(
          const uint count, const uint inner, const uint length, const uint span, const uint radix,
          const uint isReal, const uint step, const uint realFrom, const uint imaginaryFrom,
          const uint toStep, const uint realTo, const uint imaginaryTo, const T scale,
          __global const T *real, __global const T *imaginary,
          __global const T *cosine, __global const T *sine,
          __global T *toReal, __global T *toImaginary) {
        const uint item = min((uint) get_global_id(0), count - 1);
        const uint behind = item % inner, at = item / inner;
        const uint butterflies = length / radix, turn = length / (span * radix);
      """;

  private static final String SUM =
      PARAMETERS
          + """
            const uint i = at % butterflies, rest = at / butterflies;
            const uint q = rest % radix, line = rest / radix * length;
            const uint k = i % span, to = k + q * span;
            T re = 0, im = 0;
            for (uint s = 0; s < radix; s++) {
              const uint from = ((line + i + s * butterflies) * inner + behind) * step;
              const T a = real[from + realFrom];
              const T b = isReal ? 0 : imaginary[from + imaginaryFrom];
              const uint w = s * to % (span * radix) * turn;
              re += a * cosine[w] + b * sine[w];
              im += b * cosine[w] - a * sine[w];
            }
            const uint out = ((line + (i - k) * radix + to) * inner + behind) * toStep;
            toReal[out + realTo] = scale * re;
            toImaginary[out + imaginaryTo] = scale * im;
          }
          """;

  private PassSource() {}

  /** Numbers that one work item of a pass makes. */
  static int made(int radix) {
    return radix == 1 || radix > LARGEST_BUTTERFLY ? 1 : radix;
  }

  /** The source of the passes of a radix. */
  static String of(int radix, DataType type) {
    return Source.elements(type) + (made(radix) == 1 ? SUM : butterfly(radix));
  }

  private static String butterfly(int radix) {
    StringBuilder code = new StringBuilder(PARAMETERS);
    code.append("const uint i = at % butterflies, line = at / butterflies * length;\n");
    code.append(
        """
        const uint k = i % span;
        uint from, out;
        T a, b, c, s;
        """);
    for (int q = 0; q < radix; q++) {
      code.append(
          """
          from = ((line + i + %d * butterflies) * inner + behind) * step;
          a = real[from + realFrom];
          b = isReal ? 0 : imaginary[from + imaginaryFrom];
          c = cosine[%d * k * turn];
          s = sine[%d * k * turn];
          const T x%d = a * c + b * s, y%d = b * c - a * s;
          """
              .formatted(q, q, q, q, q));
    }
    code.append(transform(radix));
    for (int q = 0; q < radix; q++) {
      code.append(
          """
          out = ((line + (i - k) * radix + k + %d * span) * inner + behind) * toStep;
          toReal[out + realTo] = scale * (X%d);
          toImaginary[out + imaginaryTo] = scale * (Y%d);
          """
              .formatted(q, q, q));
    }
    return code.append("}\n").toString();
  }

  /** Names the transform of {@code x + i y} in terms of it. */
  private static String transform(int radix) {
    return switch (radix) {
      case 2 ->
          """
          const T X0 = x0 + x1, Y0 = y0 + y1, X1 = x0 - x1, Y1 = y0 - y1;
          """;
      case 4 ->
          """
          const T u0 = x0 + x2, v0 = y0 + y2, u1 = x0 - x2, v1 = y0 - y2;
          const T u2 = x1 + x3, v2 = y1 + y3, u3 = x1 - x3, v3 = y1 - y3;
          const T X0 = u0 + u2, Y0 = v0 + v2, X2 = u0 - u2, Y2 = v0 - v2;
          const T X1 = u1 + v3, Y1 = v1 - u3, X3 = u1 - v3, Y3 = v1 + u3;
          """;
      default -> odd(radix);
    };
  }

  /** Numbers in pairs from both ends: their sums go with cosines, their differences with sines. */
  private static String odd(int radix) {
    int pairs = radix / 2;
    StringBuilder code = new StringBuilder();
    StringBuilder sums = new StringBuilder();
    StringBuilder parts = new StringBuilder("const T X0 = x0");
    for (int p = 1; p <= pairs; p++) {
      parts.append(" + u").append(p);
      sums.append(
          "const T u%d = x%d + x%d, v%d = y%d + y%d, d%d = x%d - x%d, e%d = y%d - y%d;\n"
              .formatted(p, p, radix - p, p, p, radix - p, p, p, radix - p, p, p, radix - p));
    }
    parts.append(", Y0 = y0");
    for (int p = 1; p <= pairs; p++) {
      parts.append(" + v").append(p);
    }
    code.append(sums).append(parts).append(";\n");
    for (int q = 1; q <= pairs; q++) {
      code.append("const T ");
      code.append(terms("f", "x0", "u", q, radix, true)).append(", ");
      code.append(terms("g", "y0", "v", q, radix, true)).append(", ");
      code.append(terms("h", "0", "d", q, radix, false)).append(", ");
      code.append(terms("l", "0", "e", q, radix, false)).append(";\n");
      code.append(
          "const T X%d = f%d + l%d, Y%d = g%d - h%d, X%d = f%d - l%d, Y%d = g%d + h%d;\n"
              .formatted(q, q, q, q, q, q, radix - q, q, q, radix - q, q, q));
    }
    return code.toString();
  }

  private static String terms(
      String name, String first, String part, int q, int radix, boolean cosines) {
    StringBuilder sum = new StringBuilder(name + q + " = " + first);
    for (int p = 1; p <= radix / 2; p++) {
      int k = p * q % radix;
      double root = cosines ? UnitRoots.cos(k, radix) : UnitRoots.sin(k, radix);
      sum.append(" + C(").append(root).append(") * ").append(part).append(p);
    }
    return sum.toString();
  }
}
