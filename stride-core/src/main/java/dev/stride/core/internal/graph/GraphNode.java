package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace.Spec;
import org.jspecify.annotations.Nullable;

/**
 * A node of the recorded graph. It knows the nodes that it feeds, never those that feed it, so that
 * a graph is kept alive by its roots alone.
 */
public abstract sealed class GraphNode permits CallNode, LeafNode {

  private final long sequence;

  GraphNode(long sequence) {
    this.sequence = sequence;
  }

  /** Identifies the node within its engine; rises in order of creation. */
  public final long sequence() {
    return sequence;
  }

  /** Number of outputs, each of which has a cotangent. */
  public abstract int outputs();

  /** Shape and type of an output. */
  public abstract Spec<?> spec(int output);

  /** Number of places that a gradient may leave through. */
  public abstract int places();

  /** The node that the gradient of a place goes to; null if it is not wanted. */
  public abstract @Nullable GraphNode next(int place);

  /** The output of {@link #next} that the gradient of a place belongs to. */
  public abstract int slot(int place);
}
