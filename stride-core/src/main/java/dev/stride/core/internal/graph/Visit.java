package dev.stride.core.internal.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node in one run: what has arrived for it, and what it still waits for. What arrives is held
 * already; who takes it lets go of it.
 */
public final class Visit implements Owner {

  private static final VarHandle PENDING = pendingHandle();

  private final GraphNode node;
  private final @Nullable RunLabel run;

  /** The visit that the gradient of the only place goes to, or an array of them by place. */
  private @Nullable Object targets;

  /** What arrived, where the only output has one term; everywhere else the sums by output. */
  private @Nullable Object arrived;

  private @Nullable OrderedSum preconditioner;
  private int @Nullable [] ranks;
  private int edges;
  private int pending;
  private boolean wanted = true;
  private boolean passesOn = true;

  /** A visit in a run, which is named if it has the node alone. */
  Visit(GraphNode node, @Nullable RunLabel run) {
    this.node = node;
    this.run = run;
  }

  @Override
  public RunLabel run() {
    return Objects.requireNonNull(run, "not of a run that has the node alone");
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
    edges++;
    pending++;
    if (arrived == null && (edges > 1 || node.outputs() > 1)) {
      OrderedSum[] sums = sums(node.outputs());
      for (int earlier = 1; earlier < edges; earlier++) {
        sums[0].expect();
      }
      arrived = sums;
    }
    if (arrived instanceof OrderedSum[] sums) {
      sums[output].expect();
    }
  }

  private static OrderedSum[] sums(int outputs) {
    OrderedSum[] sums = new OrderedSum[outputs];
    for (int output = 0; output < outputs; output++) {
      sums[output] = new OrderedSum();
    }
    return sums;
  }

  /** Whether terms of several edges meet here. */
  boolean isMeeting() {
    return edges > 1;
  }

  /** The visit of the node that a place feeds; null if its gradient is not wanted. */
  public @Nullable Visit target(int place) {
    return (Visit) (targets instanceof Object[] several ? several[place] : targets);
  }

  void target(int place, Visit target) {
    int places = node.places();
    if (places == 1) {
      targets = target;
    } else {
      if (targets == null) {
        targets = new @Nullable Visit[places];
      }
      ((@Nullable Visit[]) targets)[place] = target;
    }
  }

  /** Gives the next term of an output its rank. */
  int rank(int output) {
    return arrived instanceof OrderedSum[] sums ? sums[output].rank() : 0;
  }

  boolean needsRank(int output) {
    return arrived instanceof OrderedSum[] sums && sums[output].terms() > 1;
  }

  void ranks(int[] ofPlaces) {
    ranks = ofPlaces;
  }

  /** Rank of the gradient of a place among those of its target. */
  public int rankOf(int place) {
    return ranks == null ? 0 : ranks[place];
  }

  /** One edge less in a plan; whether it was the last. The run then counts from the start. */
  boolean reach() {
    pending--;
    if (pending > 0) {
      return false;
    }
    pending = edges;
    return true;
  }

  /** One term less to wait for in a run; whether it was the last. */
  public boolean arrive() {
    return edges == 1 || (int) PENDING.getAndAdd(this, -1) == 1;
  }

  /** Takes a term for an output; by how many the values held here change. */
  public int add(int output, int rank, Object term, Spaces spaces) {
    if (arrived instanceof OrderedSum[] sums) {
      return sums[output].add(rank, term, spaces);
    }
    arrived = term;
    return term == null ? 0 : 1;
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
      for (int term = 0; term < edges; term++) {
        preconditioner.expect();
      }
    }
    return preconditioner;
  }

  /** What arrived for an output; null if nothing did. The second time, null. */
  public @Nullable Object take(int output, Spaces spaces) {
    if (arrived instanceof OrderedSum[] sums) {
      return sums[output].take(spaces);
    }
    Object term = arrived;
    arrived = null;
    return term;
  }

  /** The preconditioners that arrived; null if none did. */
  public @Nullable Object takePreconditioner(Spaces spaces) {
    return preconditioner == null ? null : preconditioner.take(spaces);
  }

  /** The same for the only output of a node where all has arrived; it stays to be taken. */
  public @Nullable Object settle(Spaces spaces) {
    return arrived instanceof OrderedSum[] sums ? sums[0].settle(spaces) : arrived;
  }

  /** The same for the preconditioners. */
  public @Nullable Object settlePreconditioner(Spaces spaces) {
    return preconditioner == null ? null : preconditioner.settle(spaces);
  }

  /** Lets go of what arrived and nobody took. */
  public void letGo(Spaces spaces) {
    for (int output = 0; output < node.outputs(); output++) {
      spaces.letGo(take(output, spaces));
    }
    spaces.letGo(takePreconditioner(spaces));
  }

  private static VarHandle pendingHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Visit.class, "pending", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
