package dev.stride.core.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.core.fixtures.Doubles;
import dev.stride.core.internal.graph.RunPlan.Root;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of a run: from the roots to the leaves, whatever the shape of the graph. */
class RunPlanTest {

  private long sequence;
  private final LeafNode x =
      new LeafNode(++sequence, new GradientCell("x", 1, GradientCell.NOTHING), null);

  @Test
  void node_comes_after_all_that_feed_it() {
    CallNode a = node(x);
    CallNode b = node(a);
    CallNode root = node(b, a, x);
    assertThat(plan(root).order()).extracting(Visit::node).containsExactly(root, b, a, x);
  }

  @Test
  void same_input_twice_is_two_edges_to_one_node() {
    CallNode root = node(x, x);
    RunPlan plan = plan(root);
    assertThat(plan.order()).hasSize(2);
    Visit visit = plan.visit(root);
    assertThat(List.of(visit.rankOf(0), visit.rankOf(1))).containsExactlyInAnyOrder(0, 1);
    assertThat(plan.visit(x).arrive()).isFalse();
    assertThat(plan.visit(x).arrive()).isTrue();
  }

  @Test
  void order_does_not_depend_on_the_order_of_creation() {
    CallNode first = node(x);
    CallNode second = node(x);
    List<GraphNode> one = order(node(first, second));
    assertThat(one.subList(1, 4)).isEqualTo(order(node(first, second)).subList(1, 4));
    CallNode swapped = node(second, first);
    assertThat(order(swapped).subList(1, 3)).isEqualTo(one.subList(1, 3).reversed());
  }

  @Test
  void restriction_leaves_out_what_leads_to_nothing_that_is_asked_for() {
    LeafNode other =
        new LeafNode(++sequence, new GradientCell("other", 2, GradientCell.NOTHING), null);
    CallNode toX = node(x);
    CallNode toOther = node(other);
    CallNode root = node(toX, toOther);
    RunPlan plan = plan(root);
    plan.restrictTo(asked -> asked == x);
    assertThat(plan.wanted()).isEqualTo(3);
    assertThat(plan.visit(toOther).isWanted()).isFalse();
    assertThat(plan.visit(toX).isWanted()).isTrue();
  }

  @Test
  void path_leads_from_a_node_to_the_root() {
    CallNode a = node(x);
    CallNode b = node(a);
    CallNode root = node(node(x), b);
    assertThat(plan(root).pathToRoot(a)).containsExactly(a, b, root);
  }

  private static List<GraphNode> order(CallNode root) {
    return plan(root).order().stream().map(Visit::node).toList();
  }

  private static RunPlan plan(CallNode root) {
    return new RunPlan(List.of(new Root(root, 0)));
  }

  private CallNode node(@Nullable GraphNode... next) {
    var operator = Doubles.identity();
    OperatorPlan plan = new OperatorPlan(operator, operator, "test");
    Layout layout = Layout.ofFirst(1, plan.signature().inputs());
    return new CallNode(++sequence, plan, layout, next, null, 1);
  }
}
