package dev.stride.ops.gpu.internal.device;

/**
 * How many work items a command has, and in groups of how many.
 *
 * <p>Items fill whole groups, and the buffers of as many elements have room for all of them: a
 * kernel that asks whether its item is one of those that count is not made into vector code on
 * processors. There are two sizes of groups only, since some drivers compile a kernel anew for
 * each.
 */
final class WorkSize {

  private static final int FEW = 256;
  private static final int MANY = 1024;
  private static final int MANY_FROM = 1 << 14;

  private WorkSize() {}

  /** Items of a group where so many elements are to be computed; a power of two. */
  static int group(long elements) {
    return elements <= MANY_FROM ? FEW : MANY;
  }

  /** The elements, rounded up to whole groups. */
  static long padded(long elements) {
    long group = group(elements);
    return Math.max(1, (elements + group - 1) / group) * group;
  }
}
