package dev.stride.core.internal.engine;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.spi.VectorSpace;
import java.util.List;
import java.util.Optional;

/** What the engine asks of discovery. Thread-safe. */
public interface Registry {

  /**
   * Implementations of an operator name, at most one a device: the one of highest priority.
   *
   * @param name full, or short for the prefix {@code stride.}
   * @throws dev.stride.api.StrideException with the id {@code NoOperator} if there is none; lists
   *     what was found
   */
  List<Implementation> implementations(String name);

  /**
   * The vector space of a value's class and device.
   *
   * @throws dev.stride.api.StrideException with the id {@code NoVectorSpace} if there is none;
   *     names the class and how to register one
   */
  <T> VectorSpace<T> space(T value);

  /** The vector space of a value's class and device, if there is one. */
  <T> Optional<VectorSpace<T>> findSpace(T value);

  /** Every vector space that is known, for moving values between devices. */
  List<VectorSpace<?>> spaces();

  /** Id of the pack that an operator comes from, by identity; {@code user} if from none. */
  String packOf(Operator<?> operator);

  /** Every device that a pack brings, the CPU first. */
  List<Device> devices();

  /** Closes every pack. */
  void close();
}
