package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import java.util.List;

/**
 * Complex numbers in the memory of a device: number j has its real part at {@code step j +
 * realFrom} of one array and its imaginary part at {@code step j + imaginaryFrom} of another or the
 * same.
 *
 * @param isReal whether the imaginary parts are 0, and not read
 */
record Numbers(
    DeviceStorage real,
    DeviceStorage imaginary,
    int step,
    int realFrom,
    int imaginaryFrom,
    boolean isReal) {

  /** Real and imaginary parts in arrays of their own. */
  static Numbers apart(DeviceStorage real, DeviceStorage imaginary) {
    return new Numbers(real, imaginary, 1, 0, 0, false);
  }

  /** The numbers of a pair of tensors. */
  static Numbers of(Pair pair, ComputeDevice device) {
    return apart(device.storage(pair.real()), device.storage(pair.imaginary()));
  }

  /** Real numbers. */
  static Numbers real(Tensor x, ComputeDevice device) {
    DeviceStorage storage = device.storage(x);
    return new Numbers(storage, storage, 1, 0, 0, true);
  }

  /** Neighbours in a tensor as real and imaginary parts. */
  static Numbers neighbours(Tensor x, ComputeDevice device) {
    DeviceStorage storage = device.storage(x);
    return new Numbers(storage, storage, 2, 0, 1, false);
  }

  /** Real and imaginary parts exchanged. */
  Numbers swapped() {
    return new Numbers(imaginary, real, step, imaginaryFrom, realFrom, isReal);
  }

  DataType type() {
    return real.dataType();
  }

  List<Integer> places() {
    return List.of(step, realFrom, imaginaryFrom);
  }
}
