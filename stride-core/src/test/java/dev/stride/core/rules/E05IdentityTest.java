package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Node;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E5. Identity is by object and sequence number, never by name. Output slots are integers. */
class E05IdentityTest {

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void variables_of_one_name_are_different_variables() {
    Variable<Double> a = stride.parameter("x", 3.0);
    Variable<Double> b = stride.parameter("x", 5.0);
    Waiting.on(Doubles.multiply().call(a, b).adjoint());

    assertThat(a.name()).isEqualTo(b.name());
    assertThat(a.sequence()).isNotEqualTo(b.sequence());
    assertThat(a.grad()).isEqualTo(5.0);
    assertThat(b.grad()).isEqualTo(3.0);
  }

  @Test
  void operators_of_one_name_are_different_operators() {
    Operator<Double> square = Doubles.square().named("same");
    Operator<Double> twice = Doubles.twice().named("same");
    Variable<Double> x = stride.parameter(3.0);
    Waiting.on(Doubles.add().call(square.call(x), twice.call(x)).adjoint());

    assertThat(x.grad()).isEqualTo(8.0);
  }

  @Test
  void automatic_names_are_unique() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Variable<Double> x = stride.parameter(1.0);
      names.add(x.name());
      names.add(Doubles.identity().call(x).name());
    }
    assertThat(names).hasSize(200);
  }

  @Test
  void sequence_follows_the_order_of_creation() {
    Variable<Double> a = stride.parameter(1.0);
    Variable<Double> b = stride.variable(1.0);
    Variable<Double> c = Doubles.add().call(a, b);

    assertThat(List.of(a.sequence(), b.sequence(), c.sequence()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void outputs_are_told_apart_by_index() {
    Variable<Double> x = stride.parameter(2.0);
    Results all = Doubles.powers(12).callAll(x);
    Variable<Double> tenth = all.get("out10", Double.class);
    Waiting.on(tenth.adjoint());

    assertThat(all.size()).isEqualTo(12);
    assertThat(all.get(10)).isSameAs(all.get("out10"));
    assertThat(tenth.get()).isEqualTo(Math.pow(2, 11));
    assertThat(x.grad()).isEqualTo(11 * Math.pow(2, 10));
  }

  @Test
  void nodes_of_one_operator_are_told_apart_by_sequence() {
    Operator<Double> square = Doubles.square();
    Variable<Double> y = square.call(square.call(square.call(stride.parameter(1.0))));
    List<Node> nodes = y.graph().nodes();

    assertThat(nodes).hasSize(4);
    assertThat(nodes.stream().map(Node::name)).doesNotHaveDuplicates();
    assertThat(IntStream.range(0, 3).mapToObj(i -> nodes.get(i).operator().signature().name()))
        .containsOnly("test.number.square");
  }
}
