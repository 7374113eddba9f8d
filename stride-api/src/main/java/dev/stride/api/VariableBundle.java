package dev.stride.api;

import java.util.Map;

/**
 * Something that holds variables under names and can be given to an operator as one argument.
 *
 * <p>The operator reads them by path: a bundle given for the port {@code model} that has an entry
 * {@code velocity} is read as {@code call.tensor("model.velocity")}. A record implements it in one
 * line.
 */
public interface VariableBundle {

  /**
   * Variables and plain values by name, in a fixed order; entries may be containers again. Read on
   * the caller's thread when an operator is called, perhaps twice, and never after that; what it
   * throws is thrown there.
   */
  Map<String, ?> entries();
}
