package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace.Spec;
import org.jspecify.annotations.Nullable;

/** Adds a gradient to a leaf. Belongs to one value of the leaf: another value has another node. */
public final class LeafNode extends GraphNode {

  private final GradientCell cell;
  private volatile @Nullable Spec<?> spec;

  /** A node of a leaf whose value has this shape and type; null if that is not known yet. */
  public LeafNode(long sequence, GradientCell cell, @Nullable Spec<?> spec) {
    super(sequence);
    this.cell = cell;
    this.spec = spec;
  }

  /** Where the gradient goes. */
  public GradientCell cell() {
    return cell;
  }

  /** Sets shape and type once the value is there. */
  public void spec(Spec<?> known) {
    spec = known;
  }

  @Override
  public Spec<?> spec(int output) {
    Spec<?> known = spec;
    if (known == null) {
      throw new IllegalStateException(cell.name() + ": the value is pending");
    }
    return known;
  }

  /** Shape and type; null if the value is pending. */
  public @Nullable Spec<?> knownSpec() {
    return spec;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int places() {
    return 0;
  }

  @Override
  public @Nullable GraphNode next(int place) {
    throw new IndexOutOfBoundsException(place);
  }

  @Override
  public int slot(int place) {
    throw new IndexOutOfBoundsException(place);
  }
}
