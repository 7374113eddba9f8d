package dev.stride.testkit.internal.call;

import dev.stride.testkit.Coordinates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classes of values that have coordinates. Immutable. */
public final class ValueKinds {

  private final List<Coordinates<?>> known;

  private ValueKinds(List<Coordinates<?>> known) {
    this.known = List.copyOf(known);
  }

  /** Tensors on the heap and doubles. */
  public static ValueKinds standard() {
    return new ValueKinds(List.of(new TensorCoordinates(), new DoubleCoordinates()));
  }

  /** These and one more, which goes first. */
  public ValueKinds with(Coordinates<?> more) {
    List<Coordinates<?>> all = new ArrayList<>();
    all.add(more);
    all.addAll(known);
    return new ValueKinds(all);
  }

  /** The coordinates of a value; null if none are known for its class. */
  @SuppressWarnings("unchecked")
  public @Nullable Coordinates<Object> find(Object value) {
    for (Coordinates<?> candidate : known) {
      if (candidate.type().isInstance(value)) {
        return (Coordinates<Object>) candidate;
      }
    }
    return null;
  }

  /**
   * The coordinates of a value.
   *
   * @throws IllegalArgumentException if none are known for its class
   */
  public Coordinates<Object> of(Object value) {
    Coordinates<Object> found = find(value);
    if (found == null) {
      throw new IllegalArgumentException(
          "no coordinates are known for a "
              + value.getClass().getName()
              + "; give them with GradientChecker.coordinates(...)");
    }
    return found;
  }
}
