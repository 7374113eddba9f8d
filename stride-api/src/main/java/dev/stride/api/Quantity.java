package dev.stride.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bytes and times as people read them. */
final class Quantity {

  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] TIMES = {"ns", "us", "ms", "s"};

  private Quantity() {}

  /** What is known of a node besides its shapes: bytes and time where there are any. */
  static List<String> facts(Node.Details details) {
    List<String> facts = new ArrayList<>();
    if (details.savedBytes() > 0) {
      facts.add(bytes(details.savedBytes()) + " saved");
    }
    if (details.keptBytes() > 0) {
      facts.add(bytes(details.keptBytes()) + " kept");
    }
    facts.add(details.state());
    if (!details.elapsed().isZero()) {
      facts.add(time(details.elapsed()));
    }
    return facts;
  }

  /** Such as {@code 12 B} or {@code 1.5 KiB}. */
  static String bytes(long bytes) {
    return scaled(bytes, 1024, BYTES);
  }

  /** Such as {@code 345 ns} or {@code 1.2 ms}. */
  static String time(Duration time) {
    return scaled(time.toNanos(), 1000, TIMES);
  }

  private static String scaled(long value, int step, String[] units) {
    double scaled = value;
    int unit = 0;
    while (scaled >= step && unit < units.length - 1) {
      scaled /= step;
      unit++;
    }
    return unit == 0
        ? value + " " + units[0]
        : String.format(Locale.ROOT, "%.1f %s", scaled, units[unit]);
  }
}
