package dev.stride.testkit.internal.call;

import dev.stride.api.spi.VectorSpace;
import dev.stride.testkit.Coordinates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classes of values that have coordinates, and their vector spaces. Immutable. */
public final class ValueKinds {

  private final List<Coordinates<?>> known;
  private final List<VectorSpace<?>> spaces;

  private ValueKinds(List<Coordinates<?>> known, List<VectorSpace<?>> spaces) {
    this.known = List.copyOf(known);
    this.spaces = List.copyOf(spaces);
  }

  /** Tensors and doubles. */
  public static ValueKinds standard() {
    return new ValueKinds(List.of(new TensorCoordinates(), new DoubleCoordinates()), List.of());
  }

  /** These and one more, which goes first; an engine gets a vector space made from it. */
  public ValueKinds with(Coordinates<?> more) {
    return new ValueKinds(first(more, known), first(new CoordinatesSpace<>(more), spaces));
  }

  /** These and those of a vector space, which an engine gets as it is. */
  public ValueKinds with(VectorSpace<?> space) {
    return new ValueKinds(first(Coordinates.of(space), known), first(space, spaces));
  }

  private static <E> List<E> first(E more, List<E> others) {
    List<E> all = new ArrayList<>();
    all.add(more);
    all.addAll(others);
    return all;
  }

  /** What an engine needs to know of values that are neither tensors nor doubles. */
  public List<VectorSpace<?>> spaces() {
    return spaces;
  }

  /** The coordinates of a value; null if none are known for it. */
  @SuppressWarnings("unchecked")
  public @Nullable Coordinates<Object> find(Object value) {
    for (Coordinates<?> candidate : known) {
      Coordinates<Object> coordinates = (Coordinates<Object>) candidate;
      if (candidate.type().isInstance(value) && coordinates.knows(value)) {
        return coordinates;
      }
    }
    return null;
  }

  /**
   * The coordinates of a value.
   *
   * @throws IllegalArgumentException if none are known for it
   */
  public Coordinates<Object> of(Object value) {
    Coordinates<Object> found = find(value);
    if (found == null) {
      throw new IllegalArgumentException(
          "no coordinates are known for a "
              + value.getClass().getName()
              + "; give them with VectorSpace.numbers or GradientChecker.coordinates(...)");
    }
    return found;
  }
}
