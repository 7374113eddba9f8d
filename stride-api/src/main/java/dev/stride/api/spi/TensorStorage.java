package dev.stride.api.spi;

import dev.stride.api.DataType;
import dev.stride.api.Device;

/**
 * The elements of a tensor, contiguous and row-major, held by a device.
 *
 * <p>A storage never changes once a tensor has been made of it. Implementations are thread-safe for
 * reading. A pack that brings a device implements this interface and a {@link VectorSpace} for it.
 */
public interface TensorStorage {

  /** Type of the elements. */
  DataType dataType();

  /** Number of elements. */
  int size();

  /** Where the elements are. */
  Device device();

  /**
   * One element, widened to double. Slow on a device; meant for printing and small reads.
   *
   * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, size)}
   */
  double get(int index);

  /**
   * The same elements on the heap; this object if they are there. Blocks until they are; throws
   * what the device's driver does if it cannot.
   */
  HeapStorage toHeap();

  /**
   * Gives back what the device holds for the elements, now rather than when nobody can reach them
   * any more. Nobody may read them after this: the caller must know that no variable, gradient or
   * graph needs them. By default, and on the heap, nothing.
   */
  default void release() {}
}
