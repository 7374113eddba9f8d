package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.graph.Kept.Dropped;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The record of one operator call: where gradients go, and what its adjoint needs.
 *
 * <p>Holds values only as long and as far as the adjoint may ask for them. What forward leaves here
 * is written before the outputs complete, and read by runs after they did.
 */
public final class CallNode extends GraphNode {

  private static final int RELEASED = -1;
  private static final VarHandle READERS = readersHandle();

  private final Layout layout;

  /** Where the gradient of the only place goes, or an array by place. */
  private final Object next;

  private final int @Nullable [] slots;
  private final int outputs;
  private OperatorPlan plan;
  private @Nullable Object @Nullable [] kept;
  private @Nullable Object saved;
  private @Nullable Object specs;
  private @Nullable Notes notes;
  private @Nullable Owner owner;

  /** Number of runs that read the node and retain it, or {@link #RELEASED}. */
  private int readers;

  /**
   * The record of a call that has not run yet.
   *
   * @param next the node that the gradient of the only place goes to, or an array of nodes by
   *     place, taken over; null entries: not wanted
   * @param slots output of the next node by place; null: all 0; taken over
   */
  public CallNode(
      long sequence,
      OperatorPlan plan,
      Layout layout,
      Object next,
      int @Nullable [] slots,
      int outputs) {
    super(sequence);
    this.plan = plan;
    this.layout = layout;
    this.next = next;
    this.slots = slots;
    this.outputs = outputs;
  }

  /**
   * Keeps what the adjoint needs, as forward ends.
   *
   * @param chosen the plan of the implementation that was used
   * @param arguments values by place; perhaps taken over
   * @param results outputs by place
   * @param shapes shape and type of the output, or of each in an array
   */
  public void keep(
      OperatorPlan chosen,
      @Nullable Object[] arguments,
      Object[] results,
      Object shapes,
      Spaces spaces) {
    plan = chosen;
    kept = Kept.of(this, chosen, arguments, results, spaces);
    specs = shapes;
  }

  /** Sets what forward saved, itself or in a {@link SavedState}. */
  public void saved(Object state) {
    saved = state;
  }

  /** The operator. */
  public OperatorPlan plan() {
    return plan;
  }

  /** The places of its arguments. */
  public Layout layout() {
    return layout;
  }

  /** The value of an argument; null if the adjoint may not ask for it. */
  public @Nullable Object argument(int place) {
    Object value = kept == null ? null : kept[place];
    return value instanceof Dropped ? null : value;
  }

  /** The value of an output; null if the adjoint may not ask for it. */
  public @Nullable Object output(int output) {
    return kept == null || kept.length == places() ? null : kept[places() + output];
  }

  /** Shape and type of an argument, as far as anybody knows; null otherwise. */
  public @Nullable Spec<?> argumentSpec(int place) {
    GraphNode target = next(place);
    if (target != null) {
      return target.spec(slot(place));
    }
    return kept != null && kept[place] instanceof Dropped(Spec<?> spec) ? spec : null;
  }

  /** What forward saved, itself or in a {@link SavedState}; null if nothing. */
  public @Nullable Object saved() {
    return saved;
  }

  /** Bytes that forward saved. */
  public long savedBytes() {
    return SavedState.bytes(saved);
  }

  /**
   * Bytes of the arguments and outputs that the adjoint may ask for, as far as shapes are known.
   */
  long keptBytes() {
    long bytes = 0;
    for (int place = 0; place < places(); place++) {
      bytes += argument(place) == null ? 0 : bytes(argumentSpec(place));
    }
    for (int output = 0; output < outputs; output++) {
      bytes += output(output) == null ? 0 : bytes(knownSpec(output));
    }
    return bytes;
  }

  private static long bytes(@Nullable Spec<?> spec) {
    return spec == null ? 0 : spec.bytes();
  }

  /** What only some nodes have; null if this has none. */
  public @Nullable Notes notes() {
    return notes;
  }

  /** What only some nodes have, from now on this one too. */
  public Notes noted() {
    Notes some = notes == null ? new Notes() : notes;
    notes = some;
    return some;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public Spec<?> spec(int output) {
    Spec<?> spec = knownSpec(output);
    if (spec == null) {
      throw new IllegalStateException(plan.name() + ": the outputs are pending");
    }
    return spec;
  }

  /** Shape and type of an output; null if it is pending, or has no gradient. */
  public @Nullable Spec<?> knownSpec(int output) {
    return (Spec<?>) (specs instanceof Object[] several ? several[output] : specs);
  }

  @Override
  public int places() {
    return next instanceof Object[] several ? several.length : 1;
  }

  @Override
  public @Nullable GraphNode next(int place) {
    return (GraphNode) (next instanceof Object[] several ? several[place] : next);
  }

  @Override
  public int slot(int place) {
    return slots == null ? 0 : slots[place];
  }

  /** Whether a run released what the adjoint needs. */
  public boolean isReleased() {
    return readers == RELEASED;
  }

  /** {@code ready}, {@code running} or {@code released}, as graphs print it. */
  String state() {
    if (isReleased()) {
      return "released";
    }
    return isTaken() ? "running" : "ready";
  }

  /** Whether any run works on this node, or has released it. */
  boolean isTaken() {
    return owner != null || readers != 0;
  }

  /** The run that works on this node alone or released it; null if none. */
  @Nullable RunLabel owner() {
    return owner == null ? null : owner.run();
  }

  /** The visit of this node in a run that works on it alone; null if it is in no such run's. */
  @Nullable Visit visitIn(RunLabel run) {
    return owner instanceof Visit visit && visit.run() == run ? visit : null;
  }

  /** Whether runs that retain the graph work on this node. */
  boolean isRead() {
    return readers > 0;
  }

  void own(@Nullable Visit visit) {
    owner = visit;
  }

  void read(int change) {
    readers += change;
  }

  /** Whether forward left anything that a run counts, as far as it has ended. */
  boolean leftSomething() {
    return saved != null || notes != null;
  }

  /**
   * Drops what the adjoint needs and closes what is saved; once. Whether this did it: a run that
   * was given up and an operator that it left behind may both come here.
   */
  public boolean release() {
    if (isReleased() || (int) READERS.getAndSet(this, RELEASED) == RELEASED) {
      return false;
    }
    owner = owner();
    Object state = saved;
    kept = null;
    saved = null;
    if (state instanceof SavedState closeable) {
      closeable.close();
    }
    return true;
  }

  private static VarHandle readersHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(CallNode.class, "readers", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
