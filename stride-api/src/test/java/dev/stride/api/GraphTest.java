package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {

  private static Node adjoint(String name, long sequence) {
    return adjoint(name, sequence, Node.Details.NONE);
  }

  private static Node adjoint(String name, long sequence, Node.Details details) {
    Operator<?> operator = mock(Operator.class);
    when(operator.name()).thenReturn(name);
    return Node.adjoint(operator, sequence, details);
  }

  private static Node leaf(String name, long sequence) {
    return Node.accumulate(name, sequence, Node.Details.NONE);
  }

  /** y -> left, right -> x. */
  private static final class Diamond {
    private final Node y = adjoint("y", 4);
    private final Node left = adjoint("left", 3);
    private final Node right = adjoint("right", 2);
    private final Node x = leaf("x", 1);

    private Diamond() {
      y.addNext(left);
      y.addNext(right.at(1));
      left.addNext(x);
      right.addNext(x);
    }
  }

  @Test
  void add_finds_each_node_once() {
    Diamond diamond = new Diamond();
    Graph graph = new Graph(diamond.y);
    graph.add(diamond.left);

    assertThat(graph.nodes()).hasSize(4);
    assertThat(graph.root()).isEqualTo(diamond.y);
    assertThat(new Graph().root()).isNull();
    assertThatThrownBy(() -> graph.nodes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void toposort_puts_each_node_after_all_that_feed_it() {
    Diamond diamond = new Diamond();
    assertThat(Graph.toposort(diamond.y))
        .extracting(Node::name)
        .containsExactly("y#4.adjoint", "left#3.adjoint", "right#2.adjoint", "x#1.accumulate");
  }

  @Test
  void toposort_of_a_skipping_edge_waits_for_the_long_way() {
    Node y = adjoint("y", 3);
    Node h = adjoint("h", 2);
    Node x = leaf("x", 1);
    y.addNext(x);
    y.addNext(h);
    h.addNext(x);
    assertThat(Graph.toposort(y)).extracting(Node::sequence).containsExactly(3L, 2L, 1L);
  }

  @Test
  void toposort_of_a_node_fed_twice_at_two_outputs_has_it_once() {
    Node y = adjoint("y", 2);
    Node h = adjoint("h", 1);
    y.addNext(h.at(0));
    y.addNext(h.at(1));
    assertThat(Graph.toposort(y)).hasSize(2);
  }

  @Test
  void toposort_refuses_a_cycle() {
    Node a = adjoint("a", 1);
    Node b = adjoint("b", 2);
    Node c = adjoint("c", 3);
    a.addNext(b);
    b.addNext(c);
    c.addNext(b);
    assertThatIllegalStateException()
        .isThrownBy(() -> Graph.toposort(a))
        .withMessageContaining("cycle");
  }

  @Test
  void toposort_refuses_a_cycle_through_the_root() {
    Node a = adjoint("a", 1);
    Node b = adjoint("b", 2);
    a.addNext(b);
    b.addNext(a);
    assertThatIllegalStateException().isThrownBy(() -> Graph.toposort(a));
  }

  @Test
  void print_shows_name_shapes_and_next_nodes() {
    Node y =
        adjoint(
            "y", 2, new Node.Details("[3] float32", 1536, 12, "ready", Duration.ofNanos(1_234)));
    y.addNext(leaf("x", 1));

    assertThat(new Graph(y).print())
        .isEqualTo(
            "y#2.adjoint [3] float32, 1.5 KiB saved, 12 B kept, ready, 1.2 us"
                + " -> x#1.accumulate:0\nx#1.accumulate\n");
    assertThat(new Graph(y).print(y)).isEqualTo(new Graph(y).print());
    assertThat(new Graph().print()).isEmpty();
  }

  @Test
  void dot_quotes_names_and_draws_edges() {
    Node y = adjoint("say \"y\"", 2, new Node.Details("[3]", 12, 0, "ready", Duration.ZERO));
    y.addNext(leaf("x", 1));

    assertThat(new Graph(y).dot())
        .startsWith("digraph adjoint {\n")
        .contains("n0 [label=\"say \\\"y\\\"#2.adjoint\\n[3]\\n12 B saved\\nready\"];")
        .contains("style=filled")
        .contains("n0 -> n1 [label=\"0\"];")
        .endsWith("}\n");
  }

  @Test
  void json_has_nodes_and_edges() {
    Node y = adjoint("y\t", 2, new Node.Details("[3]", 12, 24, "done", Duration.ofNanos(345)));
    y.addNext(leaf("x", 1).at(0));

    assertThat(new Graph(y).json())
        .isEqualTo(
            """
            {"nodes": [
              {"id": 0, "name": "y\\u0009#2.adjoint", "method": "adjoint", "outputs": "[3]", \
            "saved_bytes": 12, "kept_bytes": 24, "state": "done", "nanoseconds": 345},
              {"id": 1, "name": "x#1.accumulate", "method": "accumulate", "outputs": "", \
            "saved_bytes": 0, "kept_bytes": 0, "state": "ready", "nanoseconds": 0}],
             "edges": [
              {"from": 0, "to": 1, "index": 0}]}
            """);
    assertThat(new Graph().json()).isEqualTo("{\"nodes\": [],\n \"edges\": []}\n");
  }

  @Test
  void summary_adds_up_operators_and_puts_the_largest_first() {
    Node y = adjoint("small", 3, new Node.Details("[3]", 1, 2, "ready", Duration.ofNanos(5)));
    Node big = adjoint("big", 2, new Node.Details("[3]", 2048, 0, "ready", Duration.ofMillis(1)));
    Node again = adjoint("big", 1, new Node.Details("[3]", 0, 1024, "ready", Duration.ofMillis(2)));
    y.addNext(big);
    big.addNext(again);
    again.addNext(leaf("x", 0));

    assertThat(new Graph(y).summary())
        .isEqualToNormalizingNewlines(
            """
            operator        calls        saved         kept         time
            big                 2      2.0 KiB      1.0 KiB       3.0 ms
            small               1          1 B          2 B         5 ns
            (leaves)            1          0 B          0 B         0 ns
            total               4      2.0 KiB      1.0 KiB       3.0 ms
            """);
  }

  @Test
  void write_streams_what_the_methods_return() throws IOException {
    Graph graph = new Graph(new Diamond().y);
    for (Graph.Format format : Graph.Format.values()) {
      StringWriter out = new StringWriter();
      graph.write(format, out);
      assertThat(out.toString())
          .isEqualTo(
              switch (format) {
                case TEXT -> graph.print();
                case DOT -> graph.dot();
                case JSON -> graph.json();
              });
    }
  }

  @Test
  void write_passes_on_the_failure_of_its_target() throws IOException {
    Appendable full = mock(Appendable.class);
    when(full.append(anyString())).thenThrow(new IOException("full"));
    assertThatIOException()
        .isThrownBy(() -> new Graph(leaf("x", 0)).write(Graph.Format.JSON, full))
        .withMessage("full");
  }

  @Test
  void node_seen_at_another_index_is_the_same_node() {
    Node h = adjoint("h", 1);
    Node second = h.at(1);
    second.addNext(leaf("x", 2));

    assertThat(second.isSameNode(h)).isTrue();
    assertThat(second).isNotEqualTo(h);
    assertThat(second.at(0)).isEqualTo(h).hasSameHashCodeAs(h);
    assertThat(h.next()).hasSize(1);
    assertThat(second.nameIdx()).isEqualTo("h#1.adjoint:1");
    assertThat(second).hasToString("h#1.adjoint:1");
    assertThat(h.at(0)).isSameAs(h);
  }

  @Test
  void next_node_added_twice_is_kept_once_but_at_another_index_apart() {
    Node y = adjoint("y", 2);
    Node h = adjoint("h", 1);
    y.addNext(h);
    y.addNext(h);
    y.addNext(h.at(1));

    assertThat(y.next()).containsExactly(h, h.at(1));
    assertThatThrownBy(() -> y.next().clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void copy_is_a_node_of_its_own_with_the_same_next() {
    Node y = adjoint("y", 2);
    Node x = leaf("x", 1);
    y.addNext(x);
    Node copy = y.at(3).copy();
    copy.addNext(leaf("z", 9));

    assertThat(copy.isSameNode(y)).isFalse();
    assertThat(copy.index()).isEqualTo(3);
    assertThat(copy.name()).isEqualTo(y.name());
    assertThat(copy.operator()).isSameAs(y.operator());
    assertThat(copy.next()).hasSize(2);
    assertThat(y.next()).containsExactly(x);
  }

  @Test
  void fan_out_of_a_hundred_thousand_is_not_quadratic() {
    Node y = adjoint("y", 0);
    for (int i = 1; i <= 100_000; i++) {
      Node x = leaf("x", i);
      y.addNext(x);
      y.addNext(x);
    }
    assertThat(y.next()).hasSize(100_000);
  }

  @Test
  void chain_of_a_million_is_sorted_without_recursion() {
    Node root = leaf("x", 0);
    for (int i = 1; i <= 1_000_000; i++) {
      Node next = leaf("x", i);
      next.addNext(root);
      root = next;
    }
    List<Node> sorted = Graph.toposort(root);
    assertThat(sorted).hasSize(1_000_001);
    assertThat(sorted.getLast().sequence()).isZero();
    assertThat(new Graph(root).nodes()).hasSize(1_000_001);
  }
}
