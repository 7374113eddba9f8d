package dev.stride.core.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything that some roots reach, each node once, in topological order from the roots to the
 * leaves, with the rank of every edge among those that end at the same output.
 *
 * <p>Order and ranks depend on the structure of the graph alone. A run that visits the nodes in
 * this order finds every sum ready to be added to. Time and memory are linear in nodes and edges;
 * nothing recurses.
 */
public final class RunPlan {

  private final Visits visits;
  private final List<Root> roots;
  private final List<Visit> order;
  private final List<Visit> leaves = new ArrayList<>();
  private final int[] rootRanks;
  private boolean meeting;
  private boolean counting;
  private int wanted;

  /** Plans a run from some roots, and claims nothing. */
  public RunPlan(List<Root> roots) {
    this(roots, new VisitTable());
  }

  RunPlan(List<Root> roots, Visits visits) {
    this.visits = visits;
    this.roots = roots;
    this.rootRanks = new int[roots.size()];
    List<Visit> discovered = discover();
    this.order = meeting ? sort(discovered.size()) : discovered;
    wanted = order.size();
  }

  /** The roots as given. */
  public List<Root> roots() {
    return roots;
  }

  /** The nodes, roots first. */
  public List<Visit> order() {
    return order;
  }

  /** The leaves in the same order. */
  public List<Visit> leaves() {
    return leaves;
  }

  /** Number of nodes that a run has to visit. */
  public int wanted() {
    return wanted;
  }

  /** Whether forward left anything to count, as far as it had ended. */
  public boolean hasToCount() {
    return counting;
  }

  /** Lets the nodes go that belong to the run. */
  void giveBack() {
    visits.giveBack(order);
  }

  /** The visit of a node that can be reached. */
  public Visit visit(GraphNode node) {
    Visit visit = visits.find(node);
    if (visit == null) {
      throw new IllegalStateException("node " + node.sequence() + " is not part of this run");
    }
    return visit;
  }

  /** Rank of the seed of a root among what arrives there. */
  public int rankOfRoot(int root) {
    return rootRanks[root];
  }

  /** Restricts the run to the nodes that pass gradients on to those that are asked for. */
  public void restrictTo(Predicate<GraphNode> asked) {
    wanted = 0;
    for (int i = order.size() - 1; i >= 0; i--) {
      Visit visit = order.get(i);
      visit.passesOn(feedsWanted(visit));
      visit.wanted(asked.test(visit.node()) || visit.passesOn());
      wanted += visit.isWanted() ? 1 : 0;
    }
  }

  /** Nodes from one to the roots, nearest first: one way of the gradient to it. */
  public List<GraphNode> pathToRoot(GraphNode from) {
    List<GraphNode> path = new ArrayList<>();
    GraphNode target = from;
    for (int i = order.size() - 1; i >= 0; i--) {
      GraphNode node = order.get(i).node();
      if (node == target || feeds(node, target)) {
        path.add(node);
        target = node;
      }
    }
    return path;
  }

  private static boolean feedsWanted(Visit visit) {
    for (int place = 0; place < visit.node().places(); place++) {
      Visit target = visit.target(place);
      if (target != null && target.isWanted()) {
        return true;
      }
    }
    return false;
  }

  private static boolean feeds(GraphNode node, GraphNode target) {
    for (int place = 0; place < node.places(); place++) {
      if (node.next(place) == target) {
        return true;
      }
    }
    return false;
  }

  /** Finds the nodes. Where no edges meet, the order in which it does is topological already. */
  private List<Visit> discover() {
    List<Visit> found = new ArrayList<>();
    Deque<Visit> open = new ArrayDeque<>();
    try {
      for (Root root : roots) {
        expect(root.node(), root.output(), open);
      }
      for (Visit visit = open.poll(); visit != null; visit = open.poll()) {
        found.add(visit);
        look(visit, open);
      }
      return found;
    } catch (RuntimeException conflict) {
      visits.giveBack(found);
      visits.giveBack(open);
      throw conflict;
    }
  }

  private void look(Visit visit, Deque<Visit> open) {
    switch (visit.node()) {
      case LeafNode leaf -> leaves.add(visit);
      case CallNode call -> {
        counting |= call.leftSomething();
        for (int place = 0; place < call.places(); place++) {
          GraphNode next = call.next(place);
          if (next != null) {
            visit.target(place, expect(next, call.slot(place), open));
          }
        }
      }
    }
  }

  private Visit expect(GraphNode node, int output, Deque<Visit> open) {
    Visit known = visits.find(node);
    Visit visit = known == null ? visits.add(node) : known;
    visit.expect(output);
    meeting |= visit.isMeeting();
    if (known == null) {
      open.push(visit);
    }
    return visit;
  }

  private List<Visit> sort(int found) {
    List<Visit> sorted = new ArrayList<>(found);
    Deque<Visit> ready = new ArrayDeque<>();
    leaves.clear();
    for (int i = 0; i < rootRanks.length; i++) {
      Root root = roots.get(i);
      Visit visit = visit(root.node());
      rootRanks[i] = visit.rank(root.output());
      if (visit.reach()) {
        ready.push(visit);
      }
    }
    while (!ready.isEmpty()) {
      Visit visit = ready.pop();
      sorted.add(visit);
      if (visit.node() instanceof LeafNode) {
        leaves.add(visit);
      }
      rankEdges(visit, ready);
    }
    return sorted;
  }

  private static void rankEdges(Visit visit, Deque<Visit> ready) {
    GraphNode node = visit.node();
    int[] ranks = null;
    for (int place = 0; place < node.places(); place++) {
      Visit target = visit.target(place);
      if (target == null) {
        continue;
      }
      if (target.needsRank(node.slot(place))) {
        ranks = ranks == null ? new int[node.places()] : ranks;
        ranks[place] = target.rank(node.slot(place));
      }
      if (target.reach()) {
        ready.push(target);
      }
    }
    if (ranks != null) {
      visit.ranks(ranks);
    }
  }

  /**
   * Where a run starts.
   *
   * @param node the root's node
   * @param output the output of it that is the root
   */
  public record Root(GraphNode node, int output) {}
}
