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

  /** Items of a group. */
  long groupSize() {
    return group.stream().reduce(1L, Math::multiplyExact);
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
