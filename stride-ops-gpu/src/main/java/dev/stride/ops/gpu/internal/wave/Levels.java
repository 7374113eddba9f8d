package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;

/** Two levels in time of a wavefield, zero at first. Not thread-safe. */
final class Levels implements AutoCloseable {

  private DeviceStorage current;
  private DeviceStorage other;

  Levels(ComputeDevice device, DataType type, int size, String holder) {
    current = device.filled(size, type, 0, holder);
    other = device.filled(size, type, 0, holder);
  }

  /** The level that a step reads. */
  DeviceStorage current() {
    return current;
  }

  /** The level before it, which a step overwrites with the next. */
  DeviceStorage other() {
    return other;
  }

  /** Ends a step: the next level is the current one. */
  void swap() {
    DeviceStorage before = current;
    current = other;
    other = before;
  }

  /** Gives the memory back; commands that use it may be in the queue. */
  @Override
  public void close() {
    current.release();
    other.release();
  }
}
