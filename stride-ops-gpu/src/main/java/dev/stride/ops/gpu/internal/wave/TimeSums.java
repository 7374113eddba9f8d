package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;

/**
 * The sums over time that the gradient of the velocity and its preconditioner are, compact. Steps
 * are summed in batches, and batches into totals, so that rounding does not grow with the number of
 * steps.
 *
 * @param gradient of the batch
 * @param energy of the batch
 * @param gradientTotal of the batches before
 * @param energyTotal of the batches before
 */
record TimeSums(
    DeviceStorage gradient,
    DeviceStorage energy,
    DeviceStorage gradientTotal,
    DeviceStorage energyTotal)
    implements AutoCloseable {

  /** Steps of a batch. */
  static final int BATCH = 64;

  static TimeSums zero(ComputeDevice device, DataType type, int size, String holder) {
    return new TimeSums(
        device.filled(size, type, 0, holder),
        device.filled(size, type, 0, holder),
        device.filled(size, type, 0, holder),
        device.filled(size, type, 0, holder));
  }

  /** Gives the memory back; commands that use it may be in the queue. */
  @Override
  public void close() {
    gradient.release();
    energy.release();
    gradientTotal.release();
    energyTotal.release();
  }
}
