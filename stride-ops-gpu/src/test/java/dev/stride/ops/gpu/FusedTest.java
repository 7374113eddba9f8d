package dev.stride.ops.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Operators in a row as one kernel, with the bits of the operators one after the other. */
class FusedTest {

  private static final Shape SHAPE = Shape.of(31, 9);

  private @Nullable Stride opened;

  @BeforeEach
  void open() {
    TestDevices.first();
    opened = Stride.builder().withoutDiscovery().pack(new GpuOperators()).build();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private Stride stride() {
    return Objects.requireNonNull(opened, "not open");
  }

  /** Something to compute of three tensors. */
  @FunctionalInterface
  private interface Chain {
    Variable<Tensor> of(Variable<Tensor> a, Variable<Tensor> b, Variable<Tensor> c);
  }

  private Variable<Tensor> call(String operator, Object... arguments) {
    return stride().operator(operator).call(arguments);
  }

  private Map<String, Chain> chains() {
    Map<String, Chain> all = new LinkedHashMap<>();
    all.put("sums and products", (a, b, c) -> a.times(b).plus(c));
    all.put("with numbers", (a, b, c) -> a.times(2).plus(b).minus(0.1).times(c.plus(3)));
    all.put("a value used twice", (a, b, c) -> squared(a.minus(b)).times(a));
    all.put("functions", (a, b, c) -> call("tanh", a.times(b)).plus(c.exp()));
    all.put("slopes by the result", (a, b, c) -> call("sigmoid", a).times(b.exp()).exp());
    all.put("kinks", (a, b, c) -> call("abs", call("relu", a.minus(b))).plus(c));
    all.put("extremes", (a, b, c) -> call("maximum", a.times(b), c).minus(a));
    all.put("a power", (a, b, c) -> call("power", call("abs", a).plus(1), b.plus(c)));
    all.put("a choice", (a, b, c) -> call("where", call("relu", a.minus(b)), b, c.plus(1)));
    all.put("a scale", (a, b, c) -> call("scale", a.minus(b), 0.3).plus(c));
    all.put("coefficients left out", (a, b, c) -> call("leaky-relu", a.minus(b)).times(c));
    all.put("between bounds", (a, b, c) -> call("clamp", a.minus(b), -0.5, 0.6).times(c));
    all.put("a sum", (a, b, c) -> squared(a.minus(b)).times(c).sum());
    all.put("a mean", (a, b, c) -> a.minus(b).times(c).exp().mean());
    all.put("a sum within", (a, b, c) -> a.times(b).sum().plus(c.times(a)));
    all.put("other operators within", (a, b, c) -> call("flip", a.times(b)).plus(c).exp());
    return all;
  }

  private static Variable<Tensor> squared(Variable<Tensor> x) {
    return x.times(x);
  }

  @TestFactory
  Stream<DynamicTest> values_and_gradients_have_the_bits_of_calls_one_after_the_other() {
    return chains().entrySet().stream()
        .map(chain -> dynamicTest(chain.getKey(), () -> compare(chain.getValue())));
  }

  private void compare(Chain chain) {
    List<Variable<Tensor>> plain = parameters(SHAPE, SHAPE, SHAPE);
    List<Variable<Tensor>> fused = parameters(SHAPE, SHAPE, SHAPE);
    Variable<Tensor> expected = on(chain, plain);
    Variable<Tensor> actual = stride().fused(() -> on(chain, fused));
    assertThat(root(actual).name()).as("joined").contains("+");
    assertThat(actual.get().toHeap()).isEqualTo(expected.get().toHeap());
    Tensor seed = Tensor.random(expected.get().shape(), DataType.FLOAT32, 7);
    expected.moveTo("cpu").adjoint(seed).join();
    actual.moveTo("cpu").adjoint(seed).join();
    for (int i = 0; i < plain.size(); i++) {
      assertThat(fused.get(i).grad()).isEqualTo(plain.get(i).grad());
    }
  }

  private Variable<Tensor> on(Chain chain, List<Variable<Tensor>> leaves) {
    List<Variable<Tensor>> there = leaves.stream().map(leaf -> leaf.moveTo("opencl")).toList();
    return chain.of(there.get(0), there.get(1), there.get(2));
  }

  private List<Variable<Tensor>> parameters(Shape... shapes) {
    return IntStream.range(0, shapes.length)
        .mapToObj(i -> stride().parameter(Tensor.random(shapes[i], DataType.FLOAT32, i)))
        .toList();
  }

  @Test
  void a_loss_of_five_operators_is_one_node() {
    List<Variable<Tensor>> x = parameters(SHAPE, SHAPE, SHAPE);
    Variable<Tensor> loss =
        stride().fused(() -> on((a, b, c) -> squared(a.minus(b)).times(c).plus(1).sum(), x));

    assertThat(root(loss).name()).isEqualTo("stride.subtract+multiply+multiply+add+sum");
  }

  private static Operator<?> root(Variable<Tensor> y) {
    return Objects.requireNonNull(Objects.requireNonNull(y.graph().root()).operator());
  }
}
