package dev.stride.ops.gpu.internal.opencl;

import dev.stride.api.Device;
import java.util.Locale;
import java.util.Optional;

/**
 * A device of a platform, as its driver describes it.
 *
 * @param device its name in Stride, {@code opencl:0}
 * @param handle of the driver
 * @param platform handle of its platform
 * @param name as the driver calls it
 * @param platformName of its platform
 * @param version of OpenCL that it implements
 * @param driver version of its driver
 * @param kind what it is
 * @param computeUnits that work in parallel
 * @param memoryBytes of its global memory
 * @param largestBuffer bytes that one buffer can have
 * @param largestGroup work items that one group can have
 * @param doubles whether it computes in float64
 * @param sharesMemory whether its memory is the host's
 * @param working whether it is there and can compile
 */
public record DeviceDescription(
    Device device,
    long handle,
    long platform,
    String name,
    String platformName,
    String version,
    String driver,
    Kind kind,
    int computeUnits,
    long memoryBytes,
    long largestBuffer,
    long largestGroup,
    boolean doubles,
    boolean sharesMemory,
    boolean working) {

  private static final double GIB = 1 << 30;

  /** What a device is, in the order that devices are numbered. */
  public enum Kind {
    /** A graphics processor. */
    GPU,
    /** Some other processor of its own. */
    ACCELERATOR,
    /** The processor that Java runs on. */
    CPU;

    @Override
    public String toString() {
      return this == ACCELERATOR ? "accelerator" : name();
    }
  }

  /** The same under another name. */
  DeviceDescription named(Device other) {
    return new DeviceDescription(
        other,
        handle,
        platform,
        name,
        platformName,
        version,
        driver,
        kind,
        computeUnits,
        memoryBytes,
        largestBuffer,
        largestGroup,
        doubles,
        sharesMemory,
        working);
  }

  /** What users can do about what is wrong with it; empty if nothing is. */
  public Optional<String> remedy() {
    if (!working) {
      return Optional.of(
          "The driver says that it is not available or cannot compile: reinstall or update it.");
    }
    return doubles
        ? Optional.empty()
        : Optional.of("It computes in float32 only: cast tensors of float64 or keep them on cpu.");
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %s of %s (%s, driver %s), %d compute units, %.1f GiB%s%s",
        device,
        name,
        kind,
        platformName,
        version.strip(),
        driver,
        computeUnits,
        memoryBytes / GIB,
        doubles ? ", float32 and float64" : ", float32 only",
        sharesMemory ? ", shares the host's memory" : "");
  }
}
