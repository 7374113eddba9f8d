package dev.stride.testkit.internal.check;

import dev.stride.api.Operator;
import dev.stride.testkit.internal.call.CallContext.Delivery;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What an author says of an operator beyond its signature.
 *
 * @param alternatives other implementations that must agree with it
 * @param resources counters of what is alive outside of the heap
 * @param delivery moves the values that the operator is given to where it computes
 * @param isPlaced whether it moves any
 * @param adjointFactor most times that an adjoint may take as long as a forward; not positive: not
 *     said
 */
public record Declared(
    List<Alternative> alternatives,
    List<Resource> resources,
    Delivery delivery,
    boolean isPlaced,
    double adjointFactor) {

  /** Copies the lists. */
  public Declared {
    alternatives = List.copyOf(alternatives);
    resources = List.copyOf(resources);
  }

  /**
   * Another implementation.
   *
   * @param name what differs, as reports show it
   * @param operator the other one
   * @param tolerance relative difference of outputs and gradients; 0: the same bits
   */
  public record Alternative(String name, Operator<?> operator, double tolerance) {}

  /**
   * Something that must be released.
   *
   * @param name what is counted
   * @param live how many are alive now
   */
  public record Resource(String name, LongSupplier live) {}
}
