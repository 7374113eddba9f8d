package dev.stride.ops.gpu.internal.opencl;

import org.junit.jupiter.api.Assumptions;

/**
 * The device that tests compute on. Where there is none they are skipped, except in continuous
 * integration ({@code CI=true}), which installs one.
 */
public final class TestDevices {

  private TestDevices() {}

  /** The first device. */
  public static DeviceDescription first() {
    DeviceSearch search = DeviceSearch.run();
    if (search.devices().isEmpty()) {
      String message = "no OpenCL device: " + search.availability();
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
    return search.devices().getFirst();
  }
}
