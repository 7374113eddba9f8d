package dev.stride.ops.gpu.internal.fourier;

import java.util.ArrayList;
import java.util.List;

/** Which passes a transform is made of. */
final class Radices {

  /** Prime factors up to this have passes of their own. */
  private static final int LARGEST = 61;

  private Radices() {}

  /** Whether a length is a product of numbers that there are passes for. */
  static boolean areThere(int length) {
    int rest = length;
    for (int factor = 2; factor <= LARGEST; factor++) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest == 1;
  }

  /** The factors of such a length, one a pass; fours before twos. */
  static List<Integer> of(int length) {
    List<Integer> radices = new ArrayList<>();
    int rest = length;
    while (rest % 4 == 0) {
      radices.add(4);
      rest /= 4;
    }
    for (int factor = 2; factor <= LARGEST; factor++) {
      while (rest % factor == 0) {
        radices.add(factor);
        rest /= factor;
      }
    }
    return radices.isEmpty() ? List.of(1) : radices;
  }
}
