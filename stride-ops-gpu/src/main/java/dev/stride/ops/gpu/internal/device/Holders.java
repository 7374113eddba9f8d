package dev.stride.ops.gpu.internal.device;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who holds memory, and amounts of it, as messages say it. */
final class Holders {

  private static final int NAMED = 5;
  private static final double MIB = 1 << 20;

  private Holders() {}

  /** Those who hold the most, by name, with the number of their buffers. */
  static String text(Collection<DeviceBuffer> live) {
    Map<String, List<DeviceBuffer>> byHolder =
        live.stream()
            .collect(
                Collectors.groupingBy(DeviceBuffer::holder, TreeMap::new, Collectors.toList()));
    Comparator<Map.Entry<String, List<DeviceBuffer>>> bySize =
        Comparator.comparingLong(entry -> -bytes(entry.getValue()));
    return byHolder.entrySet().stream()
        .sorted(bySize)
        .limit(NAMED)
        .map(Holders::text)
        .collect(Collectors.joining(", "));
  }

  private static String text(Map.Entry<String, List<DeviceBuffer>> entry) {
    List<DeviceBuffer> held = entry.getValue();
    return "%s (%d times, %s)".formatted(entry.getKey(), held.size(), text(bytes(held)));
  }

  private static long bytes(List<DeviceBuffer> buffers) {
    return buffers.stream().mapToLong(DeviceBuffer::bytes).sum();
  }

  /** An amount of memory. */
  static String text(long bytes) {
    return bytes < MIB ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }
}
