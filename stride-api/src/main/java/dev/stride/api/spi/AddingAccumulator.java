package dev.stride.api.spi;

import org.jspecify.annotations.Nullable;

/** Sums by {@link VectorSpace#add}: a new value per term. */
final class AddingAccumulator<T> implements VectorSpace.Accumulator<T> {

  private final VectorSpace<T> space;
  private @Nullable T sum;

  AddingAccumulator(VectorSpace<T> space) {
    this.space = space;
  }

  @Override
  public void add(T value) {
    sum = sum == null ? value : space.add(sum, value);
  }

  @Override
  public @Nullable T sum() {
    return sum;
  }
}
