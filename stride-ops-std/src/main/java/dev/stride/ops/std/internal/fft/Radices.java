package dev.stride.ops.std.internal.fft;

import java.util.ArrayList;
import java.util.List;

/** Splits lengths into the radices of passes. */
final class Radices {

  private static final int LARGEST = 13;
  private static final int[] ODD = {13, 11, 9, 7, 5, 3};

  private Radices() {}

  /**
   * Radices whose product is the length, {@code {1}} for 1; none if a prime factor is too large.
   */
  static int[] of(int length) {
    List<Integer> radices = new ArrayList<>();
    int twos = Integer.numberOfTrailingZeros(length);
    addPowersOfTwo(twos, radices);
    int rest = length >> twos;
    for (int radix : ODD) {
      for (; rest % radix == 0; rest /= radix) {
        radices.add(radix);
      }
    }
    if (radices.isEmpty() && rest == 1) {
      radices.add(1);
    }
    return rest == 1 ? radices.stream().mapToInt(Integer::intValue).toArray() : new int[0];
  }

  /** As many eights as leave no two alone. */
  private static void addPowersOfTwo(int twos, List<Integer> radices) {
    int left = twos;
    while (left >= 3 && left != 4) {
      radices.add(8);
      left -= 3;
    }
    for (; left >= 2; left -= 2) {
      radices.add(4);
    }
    if (left == 1) {
      radices.add(2);
    }
  }

  /** Whether a length is a product of radices. */
  static boolean isSmooth(int length) {
    return largestPrimeFactor(length) <= LARGEST;
  }

  /** The least length not below one that transforms fast: a product of 2, 3 and 5. */
  static int nextFast(int length) {
    int fast = length;
    while (largestPrimeFactor(fast) > 5) {
      fast++;
    }
    return fast;
  }

  private static int largestPrimeFactor(int length) {
    int rest = length;
    int largest = 1;
    for (int factor = 2; (long) factor * factor <= rest; factor++) {
      for (; rest % factor == 0; rest /= factor) {
        largest = factor;
      }
    }
    return Math.max(largest, rest);
  }

  /** The divisor of a length that is nearest below its square root, or that root. */
  static int nearRoot(int length) {
    int divisor = (int) Math.sqrt(length);
    while (length % divisor != 0) {
      divisor--;
    }
    return divisor;
  }
}
