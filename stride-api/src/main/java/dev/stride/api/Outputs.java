package dev.stride.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's forward returns: one value per output port, and what its adjoint needs saved.
 *
 * <p>For a variadic port the value is a {@link List} of values. Immutable; values and saved state
 * belong to the engine from the moment that the operator returns them. Whether they fit the
 * signature is checked then, and what does not is an {@link OperatorException}.
 */
public final class Outputs {

  private final List<Object> values;
  private final @Nullable Object saved;

  private Outputs(List<Object> values, @Nullable Object saved) {
    this.values = values;
    this.saved = saved;
  }

  /**
   * Values in the order of the output ports.
   *
   * @throws NullPointerException if one is null
   */
  public static Outputs of(Object... values) {
    return new Outputs(List.of(values), null);
  }

  /**
   * These outputs with state for the adjoint of this call: anything, typically a record. If it is
   * {@link AutoCloseable} the engine closes it exactly once; see {@link Saved} to report its size.
   */
  public Outputs saving(Object state) {
    return new Outputs(values, Objects.requireNonNull(state, "state"));
  }

  /** One value per output port. */
  public List<Object> values() {
    return values;
  }

  /** What {@link #saving} was given; null if nothing. */
  public @Nullable Object saved() {
    return saved;
  }
}
