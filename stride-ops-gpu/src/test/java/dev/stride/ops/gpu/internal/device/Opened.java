package dev.stride.ops.gpu.internal.device;

import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens a device for the tests of a class; those are skipped where there is none. After them,
 * everything that nobody can reach must be released.
 */
public final class Opened implements BeforeAllCallback, AfterAllCallback {

  /** The cleaner has a thread of its own, so that one collection may not be enough. */
  private static final int COLLECTIONS = 1000;

  private static final long BUDGET = 256L << 20;

  private @Nullable ComputeDevice device;

  /** The device. */
  public ComputeDevice device() {
    return Objects.requireNonNull(device, "not open");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    device = new ComputeDevice(TestDevices.first(), BUDGET);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (device != null) {
      requireNothingHeld(device.memory());
      device.close();
    }
  }

  /** Collects garbage until nothing is held; an error that says how much is if that never is. */
  static void requireNothingHeld(DeviceMemory memory) {
    for (int i = 0; i < COLLECTIONS && memory.liveBuffers() > 0; i++) {
      System.gc();
    }
    if (memory.liveBuffers() > 0) {
      throw new AssertionError(
          memory.liveBuffers() + " buffers of " + memory.liveBytes() + " bytes are not released");
    }
  }
}
