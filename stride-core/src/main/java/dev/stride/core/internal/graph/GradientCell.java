package dev.stride.core.internal.graph;

import org.jspecify.annotations.Nullable;

/** The accumulated gradient of a leaf, with its preconditioner; the two change together. */
public final class GradientCell {

  /** No gradient. */
  public static final Accumulated NOTHING = new Accumulated(null, null);

  private final String name;
  private final long sequence;
  private volatile Accumulated accumulated;

  /** A cell of a leaf. */
  public GradientCell(String name, long sequence, Accumulated accumulated) {
    this.name = name;
    this.sequence = sequence;
    this.accumulated = accumulated;
  }

  /** The leaf's name. */
  public String name() {
    return name;
  }

  /** The leaf's number. */
  public long sequence() {
    return sequence;
  }

  /** What has been accumulated. */
  public Accumulated get() {
    return accumulated;
  }

  /** Replaces what has been accumulated; publishers hold the engine's publishing lock. */
  public void set(Accumulated other) {
    accumulated = other;
  }

  /**
   * A gradient and what it may be divided by.
   *
   * @param gradient null: none yet
   * @param preconditioner null: none
   */
  public record Accumulated(@Nullable Object gradient, @Nullable Object preconditioner) {}
}
