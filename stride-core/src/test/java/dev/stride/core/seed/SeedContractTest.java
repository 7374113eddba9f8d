package dev.stride.core.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Graph;
import dev.stride.api.Node;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Results;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.VariableBundle;
import dev.stride.api.VariableOptions;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.GatedOperator;
import dev.stride.core.fixtures.Golden;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.Tensors;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Every member of the Python package {@code stride.core} and the behaviour of it that must hold.
 */
class SeedContractTest {

  private final Stride stride = Engines.engine();

  @AfterEach
  void close() {
    stride.close();
  }

  /** {@code Variable(name, needs_grad)}: automatic name if none; needsGrad false by default. */
  @Nested
  class MakingAVariable {

    @Test
    void variable_needs_no_gradient_by_default() {
      Variable<Double> x = stride.variable(3.0);
      assertThat(x.needsGrad()).isFalse();
      assertThat(x.isLeaf()).isTrue();
      assertThat(x.get()).isEqualTo(3.0);
      assertThat(x.isDone()).isTrue();
      assertThat(x.grad()).isNull();
    }

    @Test
    void parameter_needs_a_gradient() {
      assertThat(stride.parameter(3.0).needsGrad()).isTrue();
      assertThat(stride.parameter("p", 3.0).needsGrad()).isTrue();
    }

    @Test
    void name_is_as_given_or_automatic() {
      assertThat(stride.variable("speed", 3.0).name()).isEqualTo("speed");
      assertThat(stride.variable(3.0).name())
          .isNotBlank()
          .isNotEqualTo(stride.variable(3.0).name());
    }

    @Test
    void value_is_required_at_once() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stride.variable(VariableOptions.<Double>none()));
    }

    @Test
    void value_of_a_parameter_must_be_of_a_known_class() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stride.parameter(new StringBuilder("no vector")))
          .withMessageContaining("StringBuilder");
      assertThat(stride.variable("text").get()).isEqualTo("text");
    }

    @Test
    void set_replaces_the_value_of_a_leaf_and_only_of_a_leaf() {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> before = Doubles.square().call(x);
      x.set(5.0);
      Variable<Double> after = Doubles.square().call(x);

      assertThat(x.get()).isEqualTo(5.0);
      assertThat(Waiting.on(before.value())).isEqualTo(9.0);
      assertThat(Waiting.on(after.value())).isEqualTo(25.0);
      assertThatIllegalStateException()
          .isThrownBy(() -> after.set(1.0))
          .withMessageContaining(after.name());
    }

    @Test
    void set_may_change_the_shape_between_runs() {
      Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
      x.set(Tensor.of(1, 2, 3));
      Waiting.on(Tensors.sum().call(x).adjoint());
      assertThat(x.grad()).isEqualTo(Tensor.of(1, 1, 1));
    }
  }

  /**
   * {@code Variable.adjoint(grad, **kwargs)}: runs the graph that has this variable as its root.
   */
  @Nested
  class AdjointOfAVariable {

    @Test
    void runs_the_graph_from_this_root_only() {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> h = Doubles.square().call(x);
      Variable<Double> y = Doubles.square().call(h);
      Waiting.on(h.adjoint(AdjointOptions.defaults().retaining()));
      assertThat(x.grad()).isEqualTo(6.0);

      Waiting.on(y.adjoint());
      assertThat(x.grad()).isEqualTo(6.0 + 108.0);
    }

    @Test
    void takes_a_seed() {
      Variable<Double> x = stride.parameter(3.0);
      Waiting.on(Doubles.square().call(x).adjoint(10.0));
      assertThat(x.grad()).isEqualTo(60.0);
    }

    @Test
    void passes_named_extra_arguments_on_to_every_operator() {
      List<Object> seen = Collections.synchronizedList(new ArrayList<>());
      BlockingOperator<Double> asking =
          Doubles.withAdjoint(call -> {
            seen.add(call.option("platform"));
            return Gradients.of(Doubles.dy(call));
          });
      Variable<Double> x = stride.parameter(3.0);
      AdjointOptions options = AdjointOptions.defaults().with("platform", "cpu");
      Waiting.on(asking.call(asking.call(x)).adjoint(2.0, options));

      assertThat(seen).containsExactly("cpu", "cpu");
      assertThat(x.grad()).isEqualTo(2.0);
    }

    @Test
    void may_be_asked_for_before_the_value_is_there() {
      GatedOperator gate = GatedOperator.inForward();
      Variable<Double> x = stride.parameter(3.0);
      var run = Doubles.square().call(gate.call(x)).adjoint();
      assertThat(run.isDone()).isFalse();
      gate.passForward();
      Waiting.on(run);
      assertThat(x.grad()).isEqualTo(6.0);
    }

    @Test
    void statistics_come_with_the_handle() {
      var run = Doubles.square().call(stride.parameter(3.0)).adjoint();
      assertThat(run.join().nodes()).isEqualTo(2);
      assertThat(run.statistics().visited()).isEqualTo(2);
    }
  }

  /** {@code Variable.__call_adjoint__(grad)}: accumulates into {@code grad()}. */
  @Nested
  class AccumulatingIntoALeaf {

    @Test
    void gradients_of_several_runs_add_up() {
      Variable<Double> x = stride.parameter(3.0);
      Waiting.on(Doubles.square().call(x).adjoint());
      Waiting.on(Doubles.twice().call(x).adjoint());
      assertThat(x.grad()).isEqualTo(8.0);
    }

    @Test
    void leaf_is_an_accumulate_node_of_the_graph() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> y = Doubles.square().call(x);
      Node leaf = Graph.toposort(y.graph().root()).getLast();

      assertThat(leaf.method()).isEqualTo(Node.Method.ACCUMULATE);
      assertThat(leaf.method()).hasToString("accumulate");
      assertThat(leaf.operator()).isNull();
      assertThat(leaf.name()).startsWith("x");
      assertThat(leaf.next()).isEmpty();
    }

    @Test
    void variable_that_needs_no_gradient_gets_none() {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> constant = stride.variable(5.0);
      Waiting.on(Doubles.multiply().call(x, constant).adjoint());

      assertThat(x.grad()).isEqualTo(5.0);
      assertThat(constant.grad()).isNull();
    }
  }

  /** {@code alike}: alias of copy. */
  @Nested
  class Alike {

    @Test
    void is_a_copy() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> same = x.alike();
      Variable<Double> other = x.alike(VariableOptions.of(7.0).named("y"));

      assertThat(same.get()).isEqualTo(3.0);
      assertThat(same.needsGrad()).isTrue();
      assertThat(other.name()).isEqualTo("y");
      assertThat(other.get()).isEqualTo(7.0);
      assertThat(other.needsGrad()).isTrue();
    }
  }

  /** {@code as_parameter}: copy, detached, re-initialised as a parameter. */
  @Nested
  class AsParameter {

    @Test
    void is_a_leaf_that_needs_a_gradient() {
      Variable<Double> boundary = Doubles.square().call(stride.variable(3.0)).asParameter();
      assertThat(boundary.isLeaf()).isTrue();
      assertThat(boundary.needsGrad()).isTrue();
      assertThat(boundary.get()).isEqualTo(9.0);
    }

    @Test
    void cuts_the_graph_at_a_boundary() {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> shared = Doubles.square().call(x);
      Variable<Double> boundary = shared.asParameter();
      Waiting.on(
          stride.accumulate(List.of(1.0, 2.0, 3.0), 2, k -> Doubles.multiply().call(boundary, k)));
      assertThat(boundary.grad()).isEqualTo(6.0);
      assertThat(x.grad()).isNull();

      Waiting.on(shared.adjoint(boundary.grad()));
      assertThat(x.grad()).isEqualTo(36.0);
    }

    @Test
    void may_be_made_while_the_value_is_pending() {
      GatedOperator gate = GatedOperator.inForward();
      Variable<Double> boundary = gate.call(stride.variable(3.0)).asParameter();
      Variable<Double> y = Doubles.square().call(boundary);
      assertThat(boundary.isDone()).isFalse();
      gate.passForward();
      Waiting.on(y.adjoint());

      assertThat(boundary.grad()).isEqualTo(6.0);
    }

    @Test
    void does_not_copy_the_gradient_unless_asked() {
      Variable<Double> x = stride.parameter(3.0);
      Waiting.on(Doubles.square().call(x).adjoint());

      assertThat(x.asParameter().grad()).isNull();
      assertThat(x.asParameter(VariableOptions.<Double>none().keepingGrad()).grad()).isEqualTo(6.0);
    }
  }

  /** {@code clear_grad}: clears the gradient buffer. */
  @Nested
  class ClearGrad {

    @Test
    void forgets_gradient_and_preconditioner() {
      Variable<Double> x = stride.parameter(3.0);
      Waiting.on(conditioned(4.0).call(x).adjoint());
      assertThat(x.grad()).isNotNull();
      assertThat(x.preconditioner()).isEqualTo(4.0);
      x.clearGrad();
      assertThat(x.grad()).isNull();
      assertThat(x.preconditioner()).isNull();

      Waiting.on(Doubles.square().call(x).adjoint());
      assertThat(x.grad()).isEqualTo(6.0);
    }
  }

  private static BlockingOperator<Double> conditioned(double preconditioner) {
    return Doubles.withAdjoint(
        call -> Gradients.of(Doubles.dy(call)).preconditioner("x", preconditioner));
  }

  /** {@code copy(*args, **kwargs)}: shares the characteristics. */
  @Nested
  class Copy {

    @Test
    void copy_of_a_leaf_is_an_independent_leaf() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> copy = x.copy();
      Waiting.on(Doubles.square().call(copy).adjoint());

      assertThat(copy.isLeaf()).isTrue();
      assertThat(copy.needsGrad()).isTrue();
      assertThat(copy.sequence()).isNotEqualTo(x.sequence());
      assertThat(copy.grad()).isEqualTo(6.0);
      assertThat(x.grad()).isNull();

      x.set(5.0);
      assertThat(copy.get()).isEqualTo(3.0);
    }

    @Test
    void copy_of_another_variable_shares_its_node() {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> y = Doubles.square().call(x);
      Variable<Double> copy = y.copy();
      Waiting.on(Doubles.multiply().call(y, copy).adjoint());

      assertThat(copy.isLeaf()).isFalse();
      assertThat(copy.get()).isEqualTo(9.0);
      assertThat(x.grad()).isEqualTo(108.0);
    }

    @Test
    void copy_overrides_name_value_and_needs_grad() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> copy = x.copy(VariableOptions.of(7.0).named("other").needingGrad(false));

      assertThat(copy.name()).isEqualTo("other");
      assertThat(copy.get()).isEqualTo(7.0);
      assertThat(copy.needsGrad()).isFalse();
      assertThat(x.get()).isEqualTo(3.0);
    }

    @Test
    void copy_of_another_variable_refuses_a_value() {
      Variable<Double> y = Doubles.square().call(stride.parameter(3.0));
      assertThatIllegalArgumentException().isThrownBy(() -> y.copy(VariableOptions.of(7.0)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> y.copy(VariableOptions.<Double>none().needingGrad(false)));
      assertThat(y.copy(VariableOptions.<Double>none().named("renamed")).name())
          .isEqualTo("renamed");
    }

    @Test
    void gradient_is_not_copied_unless_asked() {
      Variable<Double> x = stride.parameter(3.0);
      Waiting.on(Doubles.square().call(x).adjoint());

      assertThat(x.copy().grad()).isNull();
      assertThat(x.copy(VariableOptions.<Double>none().keepingGrad()).grad()).isEqualTo(6.0);
    }

    @Test
    void processor_is_copied() {
      Variable<Double> x =
          stride.variable(
              VariableOptions.of(3.0).needingGrad(true).processedBy((g, p) -> g + 1000));
      Variable<Double> copy = x.copy();
      Waiting.on(Doubles.square().call(copy).adjoint());
      assertThat(copy.processGrad()).isEqualTo(1006.0);
    }
  }

  /** {@code detach}: copy cut off from the graph. */
  @Nested
  class Detach {

    @Test
    void is_a_leaf_with_the_value_that_needs_no_gradient() {
      Variable<Double> x = stride.parameter(3.0);
      Variable<Double> y = Doubles.square().call(x);
      Variable<Double> cut = y.detach();
      Waiting.on(Doubles.multiply().call(x, cut).adjoint());

      assertThat(cut.isLeaf()).isTrue();
      assertThat(cut.needsGrad()).isFalse();
      assertThat(cut.graph().nodes()).isEmpty();
      assertThat(x.grad()).isEqualTo(9.0);
    }

    @Test
    void may_be_made_while_the_value_is_pending() {
      GatedOperator gate = GatedOperator.inForward();
      Variable<Double> cut = gate.call(stride.parameter(3.0)).detach();
      assertThat(cut.isDone()).isFalse();
      gate.passForward();
      assertThat(Waiting.on(cut.value())).isEqualTo(3.0);
    }

    @Test
    void fails_with_what_it_was_cut_off_from() {
      IllegalStateException boom = new IllegalStateException("boom");
      Variable<Double> cut = Doubles.failing(boom).call(stride.parameter(3.0)).detach();
      assertThat(Waiting.failureOf(cut.value())).hasRootCause(boom);
    }
  }

  /** {@code process_grad}: gradient processed for use. */
  @Nested
  class ProcessGrad {

    @Test
    void is_null_without_a_gradient() {
      assertThat(stride.parameter(3.0).processGrad()).isNull();
    }

    @Test
    void is_the_gradient_by_default() {
      Variable<Tensor> x = stride.parameter(Tensor.of(1, 2));
      Waiting.on(Tensors.sum().call(Tensors.square().call(x)).adjoint());
      assertThat(x.processGrad()).isEqualTo(Tensor.of(2, 4));
    }

    @Test
    void divides_by_the_preconditioner_if_there_is_one() {
      Variable<Double> x = stride.parameter(3.0);
      Waiting.on(conditioned(4.0).call(x).adjoint(2.0));
      Waiting.on(conditioned(6.0).call(x).adjoint(3.0));

      assertThat(x.grad()).isEqualTo(5.0);
      assertThat(x.preconditioner()).isEqualTo(10.0);
      assertThat(x.processGrad()).isEqualTo(0.5);
    }

    @Test
    void uses_the_processor_that_was_configured() {
      Variable<Double> x =
          stride.variable(VariableOptions.of(3.0).needingGrad(true).processedBy((g, p) -> -g));
      Waiting.on(Doubles.square().call(x).adjoint());

      assertThat(x.processGrad()).isEqualTo(-6.0);
      assertThat(x.grad()).isEqualTo(6.0);
    }

    @Test
    void preconditioner_follows_the_gradient_to_its_own_leaf_only() {
      Variable<Double> a = stride.parameter(1.0);
      Variable<Double> b = stride.parameter(2.0);
      Waiting.on(Doubles.add().call(conditioned(4.0).call(a), b).adjoint());

      assertThat(a.preconditioner()).isEqualTo(4.0);
      assertThat(b.preconditioner()).isNull();
    }
  }

  /** {@code Operator(name)}: automatic name if none. */
  @Nested
  class NamingAnOperator {

    @Test
    void name_is_the_signatures_unless_given() {
      Operator<Double> square = Doubles.square();
      assertThat(square.name()).isEqualTo("test.number.square");
      assertThat(square.named("mine").name()).isEqualTo("mine");
      assertThat(square.named("mine").signature().name()).isEqualTo("test.number.square");
    }

    @Test
    void instance_name_shows_in_the_graph() {
      Variable<Double> y = Doubles.square().named("mine").call(stride.parameter(3.0));
      assertThat(y.graph().print()).contains("mine#");
    }
  }

  /** {@code __call__}: positional and named arguments, every variable among them tracked. */
  @Nested
  class CallingAnOperator {

    private final Variable<Double> a = stride.parameter("a", 3.0);
    private final Variable<Double> b = stride.parameter("b", 5.0);

    @Test
    void positional_arguments() {
      Waiting.on(Doubles.axpy().call(a, 4, b).adjoint());
      assertThat(a.grad()).isEqualTo(1.0);
      assertThat(b.grad()).isEqualTo(4.0);
    }

    @Test
    void named_arguments_are_tracked() {
      Arguments arguments = Arguments.of().with("b", b).with("k", 4).with("a", a);
      Waiting.on(Doubles.axpy().call(arguments).adjoint());
      assertThat(a.grad()).isEqualTo(1.0);
      assertThat(b.grad()).isEqualTo(4.0);
    }

    @Test
    void positional_and_named_arguments_mix() {
      Waiting.on(Doubles.axpy().call(Arguments.of(a, 4).with("b", b)).adjoint());
      assertThat(b.grad()).isEqualTo(4.0);
    }

    @Test
    void variables_for_auxiliary_ports_give_their_value_and_get_no_gradient() {
      Variable<Double> k = stride.parameter("k", 4.0);
      Waiting.on(Doubles.axpy().call(a, k, b).adjoint());
      assertThat(b.grad()).isEqualTo(4.0);
      assertThat(k.grad()).isNull();
    }

    @Test
    void variadic_arguments_one_by_one_or_as_a_list() {
      Waiting.on(Doubles.sum().call(a, b, a).adjoint());
      assertThat(a.grad()).isEqualTo(2.0);
      Waiting.on(Doubles.sum().call(Arguments.of().with("inputs", List.of(a, 1.0, b))).adjoint());
      assertThat(a.grad()).isEqualTo(3.0);
      assertThat(b.grad()).isEqualTo(2.0);
    }

    /** {@code y = m.velocity^2 * m.layers[1]}. */
    private LambdaOperator<Double> modelOperator() {
      return LambdaOperator.of(
          Signature.named("test.model")
              .input(Port.of("model").typed(Object.class))
              .output("y", Double.class)
              .build(),
          call ->
              Outputs.of(
                  call.number("model.velocity")
                      * call.number("model.velocity")
                      * call.number("model.layers[1]")),
          call ->
              Gradients.builder()
                  .put(
                      "model.velocity",
                      2
                          * Doubles.dy(call)
                          * call.value("model.velocity", Double.class)
                          * call.value("model.layers[1]", Double.class))
                  .put(
                      "model.layers[1]",
                      Doubles.dy(call) * Math.pow(call.number("model.velocity"), 2))
                  .build());
    }

    private record Model(Variable<Double> velocity, List<Object> layers) implements VariableBundle {
      @Override
      public Map<String, ?> entries() {
        return Map.of("velocity", velocity, "layers", layers);
      }
    }

    @Test
    void variables_inside_a_bundle_are_tracked_by_path() {
      Variable<Double> y = modelOperator().call(new Model(a, Arrays.asList(1.0, b)));
      Waiting.on(y.adjoint());

      assertThat(y.get()).isEqualTo(45.0);
      assertThat(a.grad()).isEqualTo(30.0);
      assertThat(b.grad()).isEqualTo(9.0);
    }

    @Test
    void variables_inside_a_map_are_tracked_by_path() {
      Variable<Double> y = modelOperator().call(Map.of("velocity", a, "layers", List.of(1.0, b)));
      Waiting.on(y.adjoint());

      assertThat(a.grad()).isEqualTo(30.0);
      assertThat(b.grad()).isEqualTo(9.0);
    }

    @Test
    void optional_argument_may_be_left_out() {
      LambdaOperator<Double> scaled =
          LambdaOperator.of(
              Signature.named("test.scaled")
                  .input("x", Double.class)
                  .input(Port.of("factor").typed(Double.class).optional())
                  .output("y", Double.class)
                  .build(),
              call -> Outputs.of(Doubles.x(call) * call.number("factor", 10)),
              call ->
                  call.has("factor")
                      ? Gradients.of(
                          Doubles.dy(call) * call.number("factor"),
                          Doubles.dy(call) * call.value("x", Double.class))
                      : Gradients.of(Doubles.dy(call) * 10, null));
      Waiting.on(scaled.call(a).adjoint());
      assertThat(a.grad()).isEqualTo(10.0);
      Waiting.on(scaled.call(a, b).adjoint());
      assertThat(a.grad()).isEqualTo(15.0);
      assertThat(b.grad()).isEqualTo(3.0);
    }

    @Test
    void all_outputs_come_by_index_and_by_name() {
      Results all = Doubles.powers(3).callAll(a);
      assertThat(all.size()).isEqualTo(3);
      assertThat(all.all()).hasSize(3);
      assertThat(Waiting.on(all.get("out2", Double.class).value())).isEqualTo(27.0);
      assertThat(Waiting.on(all.get(1).value())).isEqualTo(9.0);
      assertThat(all.list("out0", Double.class)).hasSize(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> all.get("out3"))
          .withMessageContaining("out3");
      assertThatIllegalArgumentException().isThrownBy(() -> all.get("out2", Tensor.class));
    }

    @Test
    void variadic_outputs_come_by_path_before_they_are_computed() {
      Results all = Doubles.multiples().callAll(a, 12);
      assertThat(all.size()).isEqualTo(12);
      List<Variable<Double>> parts = all.list("parts", Double.class);
      Waiting.on(parts.get(10).adjoint(AdjointOptions.defaults().retaining()));

      assertThat(parts.get(10)).isSameAs(all.get("parts[10]")).isSameAs(all.get(10));
      assertThat(parts.get(10).get()).isEqualTo(33.0);
      assertThat(a.grad()).isEqualTo(11.0);
    }

    @Test
    void numbers_are_converted_to_the_port() {
      Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0));
      LambdaOperator<Tensor> shift =
          LambdaOperator.of(
              Signature.named("test.shift").input("x").input("by").output("y").build(),
              call -> Outputs.of(call.tensor("x").plus(call.tensor("by").item())),
              call ->
                  Gradients.of(
                      call.cotangent(),
                      call.needsGrad("by") ? Tensor.scalar(call.cotangent().sum()) : null));
      assertThat(Waiting.on(shift.call(x, 3).value())).isEqualTo(Tensor.of(4.0, 5.0));
      assertThat(Waiting.on(Doubles.axpy().call(a, 1L, 2.5f).value())).isEqualTo(5.5);
    }

    @Test
    void plain_values_alone_need_a_bound_operator() {
      assertThatIllegalStateException()
          .isThrownBy(() -> Doubles.square().call(3.0))
          .withMessageContaining("bind")
          .satisfies(failure -> Golden.assertMatches("no-engine", failure));
      assertThat(Waiting.on(stride.bind(Doubles.square()).call(3.0).value())).isEqualTo(9.0);
    }

    @Test
    void variables_of_two_engines_are_an_error() {
      try (Stride other = Engines.engine()) {
        Variable<Double> foreign = other.parameter("foreign", 1.0);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Doubles.add().call(a, foreign))
            .withMessageContaining("foreign");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> stride.bind(Doubles.square()).call(foreign));
      }
    }
  }

  /** {@code __call_adjoint__} of an operator: its node in the graph, for the engine only. */
  @Nested
  class NodeOfACall {

    @Test
    void call_is_an_adjoint_node_of_the_graph() {
      Operator<Double> square = Doubles.square();
      Variable<Double> y = square.call(stride.parameter("x", 3.0));
      Node root = y.graph().root();

      assertThat(root.method()).isEqualTo(Node.Method.ADJOINT);
      assertThat(root.method()).hasToString("adjoint");
      assertThat(root.operator()).isNotNull();
      assertThat(root.operator().unwrap()).isSameAs(square);
      assertThat(root.next()).hasSize(1);
    }

    @Test
    void root_stands_at_the_index_of_its_output() {
      Variable<Double> third =
          Doubles.powers(3).callAll(stride.parameter(3.0)).get("out2", Double.class);
      assertThat(third.graph().root().index()).isEqualTo(2);
    }
  }

  /** {@code forward} and {@code adjoint}: what an operator gets and returns. */
  @Nested
  class ForwardAndAdjoint {

    @Test
    void adjoint_gets_the_gradient_of_every_output_then_the_original_arguments() {
      List<Object> seen = Collections.synchronizedList(new ArrayList<>());
      LambdaOperator<Double> pair =
          LambdaOperator.of(
              Signature.named("test.pair")
                  .input("x", Double.class)
                  .auxiliary("k", Double.class)
                  .output("first", Double.class)
                  .output("second", Double.class)
                  .build(),
              call -> Outputs.of(Doubles.x(call), call.number("k") * Doubles.x(call)),
              call -> {
                seen.add(call.cotangent("first", Double.class));
                seen.add(call.cotangent("second", Double.class));
                seen.add(call.value("x", Double.class));
                seen.add(call.number("k"));
                return Gradients.of(
                    call.cotangent("first", Double.class)
                        + call.number("k") * call.cotangent("second", Double.class));
              });
      Variable<Double> x = stride.parameter(3.0);
      Results all = pair.callAll(x, 4);
      Variable<Double> y =
          Doubles.axpy().call(all.get("first", Double.class), 7.0, all.get("second", Double.class));
      Waiting.on(y.adjoint());

      assertThat(seen).containsExactly(1.0, 7.0, 3.0, 4.0);
      assertThat(x.grad()).isEqualTo(29.0);
    }

    @Test
    void both_may_be_asynchronous() {
      GatedOperator both = GatedOperator.inAdjoint();
      Variable<Double> x = stride.parameter(3.0);
      var run = both.call(x).adjoint();
      both.passAdjoint();
      Waiting.on(run);
      assertThat(x.grad()).isEqualTo(1.0);
    }
  }

  /** {@code Graph.add}, {@code print(root)}, {@code toposort(root)}. */
  @Nested
  class TheGraph {

    @Test
    void toposort_goes_from_the_root_to_the_leaves_each_after_all_that_feed_it() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> h = Doubles.square().named("h").call(x);
      Variable<Double> y = Doubles.add().named("y").call(Doubles.twice().named("left").call(h), h);
      List<Node> sorted = Graph.toposort(y.graph().root());

      assertThat(sorted.stream().map(n -> n.name().replaceAll("#.*", "")))
          .containsExactly("y", "left", "h", "x");
    }

    @Test
    void print_shows_each_node_once() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> h = Doubles.square().call(x);
      Graph graph = Doubles.add().call(h, h).graph();

      assertThat(graph.print().lines()).hasSize(3);
      assertThat(graph.print(graph.root()).lines()).hasSize(3);
    }

    @Test
    void add_takes_a_node_and_all_behind_it() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Graph graph = new Graph();
      graph.add(Doubles.square().call(x).graph().root());
      assertThat(graph.nodes()).hasSize(2);
    }

    @Test
    void changing_a_snapshot_never_affects_runs() {
      Variable<Double> x = stride.parameter("x", 3.0);
      Variable<Double> y = Doubles.square().call(x);
      Graph graph = y.graph();
      graph.root().addNext(Node.accumulate("intruder", 99, Node.Details.NONE));
      Waiting.on(y.adjoint(AdjointOptions.defaults().retaining()));

      assertThat(x.grad()).isEqualTo(6.0);
      assertThat(y.graph().nodes()).hasSize(2);
    }

    @Test
    void graph_of_a_parameter_is_its_leaf_and_of_a_plain_variable_empty() {
      assertThat(stride.parameter(3.0).graph().nodes()).hasSize(1);
      assertThat(stride.variable(3.0).graph().nodes()).isEmpty();
    }
  }
}
