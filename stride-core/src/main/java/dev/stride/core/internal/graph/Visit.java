package dev.stride.core.internal.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A node in one run: what has arrived for it, and what it still waits for. */
public final class Visit {

  private static final VarHandle PENDING = pendingHandle();

  private final GraphNode node;
  private final OrderedSum[] sums;
  private @Nullable OrderedSum preconditioner;
  private int @Nullable [] ranks;
  private int edges;
  private boolean wanted = true;
  private boolean passesOn = true;

  @SuppressWarnings("UnusedVariable") // By its handle.
  private volatile int pending;

  Visit(GraphNode node) {
    this.node = node;
    this.sums = new OrderedSum[node.outputs()];
    for (int output = 0; output < sums.length; output++) {
      sums[output] = new OrderedSum();
    }
  }

  /** The node. */
  public GraphNode node() {
    return node;
  }

  /** Whether somebody wants a gradient that passes here. */
  public boolean isWanted() {
    return wanted;
  }

  /** Whether a node that this one feeds is wanted; otherwise it is wanted for itself alone. */
  public boolean passesOn() {
    return passesOn;
  }

  void passesOn(boolean now) {
    passesOn = now;
  }

  void wanted(boolean now) {
    wanted = now;
  }

  /** Expects a term for an output. */
  void expect(int output) {
    sums[output].expect();
    edges++;
  }

  /** Gives the next term of an output its rank. */
  int rank(int output) {
    return sums[output].rank();
  }

  boolean needsRank(int output) {
    return sums[output].terms() > 1;
  }

  void ranks(int[] ofPlaces) {
    ranks = ofPlaces;
  }

  /** Rank of the gradient of a place among those of its target. */
  public int rankOf(int place) {
    return ranks == null ? 0 : ranks[place];
  }

  /** Starts to count what arrives. */
  void await() {
    pending = edges;
  }

  /** One term less to wait for; whether it was the last. Used for planning and for running. */
  public boolean arrive() {
    return edges == 1 || (int) PENDING.getAndAdd(this, -1) == 1;
  }

  /** Takes a term for an output; by how many the values held here change. */
  public int add(int output, int rank, Object term, Spaces spaces) {
    return sums[output].add(rank, term, spaces);
  }

  /** Takes a preconditioner of the same rank, or null if that term has none: it is skipped. */
  public void addPreconditioner(int rank, @Nullable Object term, Spaces spaces) {
    if (term != null) {
      preconditioners().add(rank, term, spaces);
    }
  }

  private synchronized OrderedSum preconditioners() {
    if (preconditioner == null) {
      preconditioner = new OrderedSum();
      for (int term = 0; term < sums[0].terms(); term++) {
        preconditioner.expect();
      }
    }
    return preconditioner;
  }

  /** What arrived for an output; null if nothing did. The second time, null. */
  public @Nullable Object take(int output, Spaces spaces) {
    return sums[output].take(spaces);
  }

  /** The preconditioners that arrived; null if none did. */
  public @Nullable Object takePreconditioner(Spaces spaces) {
    return preconditioner == null ? null : preconditioner.take(spaces);
  }

  private static VarHandle pendingHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Visit.class, "pending", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
