package dev.stride.core.internal.graph;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Custody;
import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import dev.stride.api.spi.VectorSpace.Spec;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the vector space of a value; those of the heap without asking. Tells spaces that want to
 * know it who holds their values.
 */
public final class Spaces {

  private final Function<Object, VectorSpace<?>> others;
  private final boolean haveCustody;

  /** Asks {@code others} for the spaces of packs, of which none wants to know who holds values. */
  public Spaces(Function<Object, VectorSpace<?>> others) {
    this(others, List.of());
  }

  /**
   * Asks for the spaces of packs.
   *
   * @param others throws for a value that none knows
   * @param all every space
   */
  public Spaces(Function<Object, VectorSpace<?>> others, List<VectorSpace<?>> all) {
    this.others = others;
    this.haveCustody = all.stream().anyMatch(space -> space.custody() != null);
  }

  /** Whether a value is of a space of the heap, which is known without asking. */
  public static boolean isOfHeap(Object value) {
    return value instanceof Double || isTensorOfHeap(value);
  }

  /** Repeated tensors are not written out for the question. */
  private static boolean isTensorOfHeap(Object value) {
    return value instanceof Tensor tensor && tensor.unrepeated().storage() instanceof HeapStorage;
  }

  /** The space of a value. */
  @SuppressWarnings("unchecked")
  public <T> VectorSpace<T> of(T value) {
    if (value instanceof Double) {
      return (VectorSpace<T>) DoubleSpace.INSTANCE;
    }
    if (isTensorOfHeap(value)) {
      return (VectorSpace<T>) TensorSpace.HEAP;
    }
    return (VectorSpace<T>) others.apply(value);
  }

  /** When a value is really there; null if it is. */
  public @Nullable CompletionStage<?> arrival(@Nullable Object value) {
    return value == null || isOfHeap(value) ? null : of(value).arrival(value);
  }

  /** Whether any space wants to know who holds its values. */
  public boolean haveCustody() {
    return haveCustody;
  }

  /** A value is kept in one place more. */
  public void hold(@Nullable Object value) {
    Custody<Object> custody = custody(value);
    if (custody != null && value != null) {
      custody.hold(value);
    }
  }

  /** A value is kept in one place less. */
  public void letGo(@Nullable Object value) {
    Custody<Object> custody = custody(value);
    if (custody != null && value != null) {
      custody.letGo(value);
    }
  }

  /** A value that is held goes to where nobody knows who keeps it. */
  public void handOut(@Nullable Object value) {
    Custody<Object> custody = custody(value);
    if (custody != null && value != null) {
      custody.handOut(value);
    }
  }

  /** An operator sees a value that is held, or has returned it. */
  public void show(@Nullable Object value, Operator<?> operator) {
    Custody<Object> custody = custody(value);
    if (custody != null && value != null && !custody.keepsNothing(operator)) {
      custody.handOut(value);
    }
  }

  /** A value was copied to another space, which may refer to it unless that is the heap. */
  public void moved(Object value, Object copy) {
    hold(value);
    if (!isOfHeap(copy)) {
      handOut(value);
    }
    letGo(value);
  }

  private @Nullable Custody<Object> custody(@Nullable Object value) {
    return !haveCustody || value == null || isOfHeap(value) ? null : of(value).custody();
  }

  /** Shape and type of a value. */
  public <T> Spec<T> spec(T value) {
    return of(value).spec(value);
  }
}
