package dev.stride.ops.gpu.internal.device;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The work items of a command: how many along each of one to three axes, the fastest first, and in
 * groups of how many.
 *
 * @param items multiples of the groups
 * @param group items of a group along each axis
 */
public record Range(List<Long> items, List<Long> group) {

  /** Copies the lists. */
  public Range {
    items = List.copyOf(items);
    group = List.copyOf(group);
  }

  /** At least so many items along one axis, in groups that serve most devices. */
  static Range of(long items) {
    return new Range(List.of(WorkSize.padded(items)), List.of((long) WorkSize.group(items)));
  }

  /** Whether it consists of whole groups. */
  boolean isWhole() {
    for (int axis = 0; axis < items.size(); axis++) {
      if (items.get(axis) % group.get(axis) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Items of a group. */
  long groupSize() {
    long items = 1;
    for (long along : group) {
      items = Math.multiplyExact(items, along);
    }
    return items;
  }

  /** The range with groups that a kernel can have; a range along one axis only. */
  Range within(long largestGroup) {
    if (groupSize() <= largestGroup) {
      return this;
    }
    return items.size() == 1
        ? new Range(items, List.of(Long.highestOneBit(largestGroup)))
        : new Range(items, items.stream().map(along -> 1L).toList());
  }

  private static String text(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  /** As messages print it. */
  @Override
  public String toString() {
    return text(items) + " work items in groups of " + text(group);
  }
}
