package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Arguments;
import dev.stride.api.Gradients;
import dev.stride.api.Graph;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Results;
import dev.stride.api.Run;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Allocations;
import dev.stride.core.fixtures.DifferentiableMultiply;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * E8. Work is linear in nodes and edges: four times the graph allocates four times the bytes, and
 * sizes at which a quadratic step would take minutes pass.
 */
class ScaleTest {

  private static final int MILLION = 1_000_000;
  private static final int MANY = 100_000;
  private static final int SMALL = 4_000;
  private static final int FACTOR = 4;

  private final ManualExecutor executor = new ManualExecutor();
  private final Stride stride = Engines.manual(executor);

  @AfterEach
  void close() {
    stride.close();
  }

  /** Forms of graphs of a size. */
  private enum Form {
    CHAIN((x, size) -> {
      Operator<Double> identity = Doubles.identity();
      Variable<Double> y = x;
      for (int i = 0; i < size; i++) {
        y = identity.call(y);
      }
      return y;
    }),
    DIAMONDS((x, size) -> {
      Operator<Double> identity = Doubles.identity();
      Operator<Double> average = Doubles.average();
      Variable<Double> y = x;
      for (int i = 0; i < size; i++) {
        y = average.call(identity.call(y), identity.call(y));
      }
      return y;
    }),
    ONE_VARIABLE_OFTEN((x, size) -> {
      Operator<Double> average = Doubles.average();
      Variable<Double> y = x;
      for (int i = 0; i < size; i++) {
        y = average.call(y, x);
      }
      return y;
    }),
    ONE_VARIABLE_OFTEN_IN_ONE_CALL((x, size) -> EACH.call((Object) Collections.nCopies(size, x))),
    OUTPUTS_OF_WHICH_ONE_IS_USED(
        (x, size) -> COPIES.callAll(x, size).get("parts[" + size / 2 + "]", Double.class));

    private final BiFunction<Variable<Double>, Integer, Variable<Double>> build;

    Form(BiFunction<Variable<Double>, Integer, Variable<Double>> build) {
      this.build = build;
    }
  }

  /** The sum of any number of inputs, each of which it asks for by path in both phases. */
  private static final LambdaOperator<Double> EACH =
      LambdaOperator.<Double>of(
              Signature.named("test.each")
                  .input(Port.of("inputs").typed(Double.class).variadic())
                  .output("y", Double.class)
                  .build(),
              call -> {
                double sum = 0;
                for (int i = 0; call.has("inputs[" + i + "]"); i++) {
                  sum += call.value("inputs[" + i + "]", Double.class);
                }
                return Outputs.of(sum);
              },
              call -> {
                Gradients.Builder gradients = Gradients.builder();
                for (int i = 0; call.has("inputs[" + i + "]"); i++) {
                  if (call.needsGrad("inputs[" + i + "]")) {
                    gradients.put("inputs[" + i + "]", Doubles.dy(call));
                  }
                }
                return gradients.build();
              })
          .weighing(Weight.CHEAP);

  /** Any number of copies of a number, whose cotangents it asks for by path. */
  private static final LambdaOperator<Double> COPIES =
      LambdaOperator.<Double>of(
              Signature.named("test.copies")
                  .input("x", Double.class)
                  .auxiliary("count", Integer.class)
                  .output(Port.of("parts").typed(Double.class).variadic())
                  .build(),
              call -> Outputs.of(Collections.nCopies(call.integer("count"), Doubles.x(call))),
              call -> {
                double sum = 0;
                for (int i = 0; i < call.integer("count"); i++) {
                  if (!call.isZero("parts[" + i + "]")) {
                    sum += call.cotangent("parts[" + i + "]", Double.class);
                  }
                }
                return Gradients.of(sum);
              })
          .weighing(Weight.CHEAP)
          .counting(ScaleTest::count);

  private static int count(Arguments arguments) {
    return (Integer) arguments.positional().get(1);
  }

  private void run(Variable<Double> root) {
    Run<?> run = root.adjoint();
    executor.runAll();
    Waiting.on(run);
  }

  /** What is done with a graph, and counted. */
  private enum Step {
    BUILD(root -> {}),
    PRINT(root -> root.graph().print()),
    SORT(root -> Graph.toposort(root.graph().root())),
    DOT(root -> root.graph().dot()),
    JSON(root -> root.graph().json()),
    SUMMARY(root -> root.graph().summary()),
    COPY(root -> root.graph().root().copy());

    private final java.util.function.Consumer<Variable<Double>> action;

    Step(java.util.function.Consumer<Variable<Double>> action) {
      this.action = action;
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void building_allocates_in_proportion(Form form) {
    Variable<Double> x = stride.parameter(1.0);
    assertLinear(size -> Allocations.of(() -> assertThat(form.build.apply(x, size)).isNotNull()));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void running_allocates_in_proportion(Form form) {
    Variable<Double> x = stride.parameter(1.0);
    assertLinear(size -> {
      Variable<Double> root = form.build.apply(x, size);
      return Allocations.of(() -> run(root));
    });
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void looking_allocates_in_proportion(Step step) {
    Variable<Double> x = stride.parameter(1.0);
    for (Form form : Form.values()) {
      assertLinear(size -> {
        Variable<Double> root = form.build.apply(x, size);
        return Allocations.of(() -> step.action.accept(root));
      });
    }
  }

  private static void assertLinear(Function<Integer, Long> bytesOfSize) {
    assertThat(bytesOfSize.apply(SMALL)).isPositive(); // Classes and tables are made.
    long small = bytesOfSize.apply(SMALL);
    long large = bytesOfSize.apply(FACTOR * SMALL);
    // Tables that double may be twice as large as they need be, in either of the two.
    assertThat(large).isLessThan(2 * FACTOR * Math.max(small, 10_000));
  }

  @Test
  void one_variable_in_a_hundred_thousand_places_of_one_call_runs_twice_over() {
    Variable<Double> x = stride.parameter(1.0);
    Variable<Double> y = Form.ONE_VARIABLE_OFTEN_IN_ONE_CALL.build.apply(x, MANY);
    assertThat(y.get()).isEqualTo((double) MANY);
    run(y);
    assertThat(x.grad()).isEqualTo((double) MANY);
  }

  @Test
  void gradient_of_a_variable_used_a_hundred_thousand_times_is_differentiated_again() {
    Variable<Double> x = stride.parameter(1.0);
    Operator<Double> multiply = new DifferentiableMultiply();
    Variable<Double> y = x;
    for (int i = 0; i < MANY; i++) {
      y = multiply.call(y, x);
      executor.runAll();
    }
    Variable<Double> slope = recorded(y, x);
    executor.runAll();
    assertThat(slope.get()).isEqualTo(MANY + 1.0);
    run(slope);
    assertThat(x.grad()).isEqualTo((MANY + 1.0) * MANY);
  }

  @SuppressWarnings("unchecked")
  private Variable<Double> recorded(Variable<Double> y, Variable<Double> x) {
    return stride.recordedGradients(y, x).getFirst();
  }

  @Test
  void all_of_a_hundred_thousand_outputs_are_found_and_used() {
    Variable<Double> x = stride.parameter(2.0);
    Results parts = COPIES.callAll(x, MANY);
    List<Variable<Double>> all =
        IntStream.range(0, MANY)
            .mapToObj(i -> parts.get("parts[" + i + "]", Double.class))
            .toList();
    run(EACH.call(all));
    assertThat(x.grad()).isEqualTo((double) MANY);
  }

  @Test
  void thousand_outputs_of_which_one_is_used_give_its_gradient_alone() {
    Variable<Double> x = stride.parameter(2.0);
    run(Form.OUTPUTS_OF_WHICH_ONE_IS_USED.build.apply(x, 1_000));
    assertThat(x.grad()).isEqualTo(1.0);
  }

  @Test
  void chain_of_a_million_is_exported_in_every_format_without_holding_the_text() {
    Variable<Double> x = stride.parameter("x", 3.0);
    Graph graph = Form.CHAIN.build.apply(x, MILLION).graph();
    assertThat(lines(graph, Graph.Format.TEXT)).isEqualTo(MILLION + 1);
    assertThat(lines(graph, Graph.Format.DOT)).isEqualTo(2 * MILLION + 1 + 3);
    assertThat(lines(graph, Graph.Format.JSON)).isEqualTo(2 * MILLION + 1 + 2);
    assertThat(graph.summary()).contains("1,000,001");
  }

  private static int lines(Graph graph, Graph.Format format) {
    LineCounter counter = new LineCounter();
    try {
      graph.write(format, counter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counter.lines;
  }

  private static final class LineCounter implements Appendable {
    private int lines;

    @Override
    public Appendable append(CharSequence text) {
      for (int i = 0; i < text.length(); i++) {
        append(text.charAt(i));
      }
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) {
      return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) {
      lines += c == '\n' ? 1 : 0;
      return this;
    }
  }
}
