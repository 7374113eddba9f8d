package dev.stride.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of an adjoint graph: the adjoint of one operator call, or the accumulation into one leaf.
 *
 * <p>A node is seen at an {@linkplain #index index}: the output of its operator that a cotangent
 * belongs to. {@link #at} gives the same node at another index; the two share their next nodes. Not
 * safe for concurrent changes.
 */
public final class Node {

  /** What a node does when the graph runs. */
  public enum Method {
    /** Calls the operator's adjoint. */
    ADJOINT,
    /** Adds the gradient to a leaf. */
    ACCUMULATE;

    /** Lower case, as graphs print it. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Body body;
  private final int index;

  private Node(Body body, int index) {
    this.body = body;
    this.index = index;
  }

  /**
   * A node that calls an operator's adjoint.
   *
   * @param sequence identifies the call: two nodes of one graph never share it with one method
   */
  public static Node adjoint(Operator<?> operator, long sequence, Details details) {
    Objects.requireNonNull(operator, "operator");
    return new Node(new Body(operator, operator.name(), Method.ADJOINT, sequence, details), 0);
  }

  /** A node that adds the gradient to a leaf. */
  public static Node accumulate(String variable, long sequence, Details details) {
    return new Node(new Body(null, variable, Method.ACCUMULATE, sequence, details), 0);
  }

  /** The operator; null for the accumulation into a leaf. */
  public @Nullable Operator<?> operator() {
    return body.operator;
  }

  /** What it does. */
  public Method method() {
    return body.method;
  }

  /** Number of the call or of the leaf within its engine. */
  public long sequence() {
    return body.sequence;
  }

  /** The output of the operator that this reference to the node stands for. */
  public int index() {
    return index;
  }

  /** What is known of it. */
  public Details details() {
    return body.details;
  }

  /** Nodes that get this one's gradients, each at the output they belong to. Unmodifiable. */
  public List<Node> next() {
    return Collections.unmodifiableList(body.next);
  }

  /** Adds a next node; the same node at the same index is kept once. */
  public void addNext(Node node) {
    body.addNext(node);
  }

  /** The same node at another index. */
  public Node at(int other) {
    return other == index ? this : new Node(body, other);
  }

  /** A node of its own with the same operator, method, index and next nodes. */
  public Node copy() {
    Body copy = new Body(body.operator, body.label, body.method, body.sequence, body.details);
    body.next.forEach(copy::addNext);
    return new Node(copy, index);
  }

  /** Full name: {@code stride.multiply#12.adjoint}. */
  public String name() {
    return body.label + "#" + body.sequence + "." + body.method;
  }

  /** Full name with the index: {@code stride.multiply#12.adjoint:0}. */
  public String nameIdx() {
    return name() + ":" + index;
  }

  /** Whether both are the same node, at whatever index. */
  public boolean isSameNode(Node other) {
    return body == other.body;
  }

  Object identity() {
    return body;
  }

  /** Whether both are the same node at the same index. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Node that && body == that.body && index == that.index;
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(body) + index;
  }

  @Override
  public String toString() {
    return nameIdx();
  }

  /**
   * What is known of a node, for people and exports.
   *
   * @param outputs shapes of the operator's outputs, or of the leaf
   * @param savedBytes bytes of the state that forward saved
   * @param keptBytes bytes of the arguments and outputs that the adjoint may ask for
   * @param state {@code ready}, {@code running} or {@code released}
   * @param elapsed time that the forward took, or the adjoint once it ran; zero if unknown
   */
  public record Details(
      String outputs, long savedBytes, long keptBytes, String state, Duration elapsed) {
    /** Nothing known. */
    public static final Details NONE = new Details("", 0, 0, "ready", Duration.ZERO);
  }

  private static final class Body {
    /** From this many next nodes on, a set finds those that are there. */
    private static final int MANY = 16;

    private final @Nullable Operator<?> operator;
    private final String label;
    private final Method method;
    private final long sequence;
    private final Details details;
    private final List<Node> next = new ArrayList<>(2);
    private @Nullable Set<Node> manyNext;

    private Body(
        @Nullable Operator<?> operator,
        String label,
        Method method,
        long sequence,
        Details details) {
      this.operator = operator;
      this.label = Objects.requireNonNull(label, "name");
      this.method = method;
      this.sequence = sequence;
      this.details = Objects.requireNonNull(details, "details");
    }

    private void addNext(Node node) {
      if (manyNext == null && next.size() >= MANY) {
        manyNext = new HashSet<>(next);
      }
      if (manyNext == null ? !next.contains(node) : manyNext.add(node)) {
        next.add(node);
      }
    }
  }
}
