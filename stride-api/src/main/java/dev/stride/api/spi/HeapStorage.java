package dev.stride.api.spi;

import dev.stride.api.DataType;
import dev.stride.api.Device;

/**
 * Elements in a Java array: the storage of the CPU.
 *
 * <p>The array is shared, not copied: {@link Floats} and {@link Doubles} take ownership of the
 * array given, and whoever reads {@link Floats#array()} promises not to write to it (the testkit
 * checks operators for that). Application code never needs this type.
 */
public sealed interface HeapStorage extends TensorStorage {

  @Override
  default Device device() {
    return Device.CPU;
  }

  @Override
  default HeapStorage toHeap() {
    return this;
  }

  /**
   * float32 elements.
   *
   * @param array owned by the storage; not to be modified after this call
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Floats(float[] array) implements HeapStorage {
    @Override
    public DataType dataType() {
      return DataType.FLOAT32;
    }

    @Override
    public int size() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index];
    }
  }

  /**
   * float64 elements.
   *
   * @param array owned by the storage; not to be modified after this call
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Doubles(double[] array) implements HeapStorage {
    @Override
    public DataType dataType() {
      return DataType.FLOAT64;
    }

    @Override
    public int size() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index];
    }
  }
}
