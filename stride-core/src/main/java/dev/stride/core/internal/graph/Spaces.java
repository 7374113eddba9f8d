package dev.stride.core.internal.graph;

import dev.stride.api.Tensor;
import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import dev.stride.api.spi.VectorSpace.Spec;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the vector space of a value; those of the heap without asking. */
public final class Spaces {

  private final Function<Object, VectorSpace<?>> others;

  /** Asks {@code others} for the spaces of packs; it throws for a value that none knows. */
  public Spaces(Function<Object, VectorSpace<?>> others) {
    this.others = others;
  }

  /** Whether a value is of a space of the heap, which is known without asking. */
  public static boolean isOfHeap(Object value) {
    return value instanceof Double
        || (value instanceof Tensor tensor && tensor.storage() instanceof HeapStorage);
  }

  /** The space of a value. */
  @SuppressWarnings("unchecked")
  public <T> VectorSpace<T> of(T value) {
    if (value instanceof Double) {
      return (VectorSpace<T>) DoubleSpace.INSTANCE;
    }
    if (value instanceof Tensor tensor && tensor.storage() instanceof HeapStorage) {
      return (VectorSpace<T>) TensorSpace.HEAP;
    }
    return (VectorSpace<T>) others.apply(value);
  }

  /** When a value is really there; null if it is. */
  public @Nullable CompletionStage<?> arrival(@Nullable Object value) {
    return value == null || isOfHeap(value) ? null : of(value).arrival(value);
  }

  /** Shape and type of a value. */
  public <T> Spec<T> spec(T value) {
    return of(value).spec(value);
  }
}
