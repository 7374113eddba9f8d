package dev.stride.ops.gpu.internal.device;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many bytes of a device may be used. */
public final class MemoryBudget {

  private static final double OF_ITS_OWN = 0.8;
  private static final double SHARED = 0.25;
  private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt%]?)");

  private MemoryBudget() {}

  /**
   * The bytes for a configured text: a number with k, m, g or t behind it, or a percentage of the
   * device's memory. By default 80 % of a memory of its own, a quarter of one that is the host's.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static long of(DeviceDescription device, @Nullable String configured) {
    long whole = device.memoryBytes();
    if (configured == null) {
      return (long) (whole * (device.sharesMemory() ? SHARED : OF_ITS_OWN));
    }
    Matcher amount = AMOUNT.matcher(configured.strip().toLowerCase(Locale.ROOT));
    if (!amount.matches()) {
      throw new IllegalArgumentException(
          "stride.gpu.memory is '"
              + configured
              + "'; expected an amount such as 512m or 2g, or a share of the device's such as 50%");
    }
    double number = Double.parseDouble(amount.group(1));
    return (long) (number * unit(amount.group(2), whole));
  }

  private static double unit(String letter, long whole) {
    return switch (letter) {
      case "k" -> 1L << 10;
      case "m" -> 1L << 20;
      case "g" -> 1L << 30;
      case "t" -> 1L << 40;
      case "%" -> whole / 100.0;
      default -> 1;
    };
  }
}
