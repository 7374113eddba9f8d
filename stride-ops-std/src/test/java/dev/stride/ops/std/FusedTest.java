package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.core.Stride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Standard operators in a row as one, with the bits of the operators one after the other. */
class FusedTest {

  private static final Shape SHAPE = Shape.of(5, 9);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  /** Something to compute of three tensors. */
  @FunctionalInterface
  private interface Chain {
    Variable<Tensor> of(Variable<Tensor> a, Variable<Tensor> b, Variable<Tensor> c);
  }

  private Variable<Tensor> call(String operator, Object... arguments) {
    return stride.operator(operator).call(arguments);
  }

  private Map<String, Chain> chains() {
    Map<String, Chain> all = new LinkedHashMap<>();
    all.put("sums and products", (a, b, c) -> a.times(b).plus(c));
    all.put("with numbers", (a, b, c) -> a.times(2).plus(b).minus(0.1).div(c.plus(3)));
    all.put("a value used twice", (a, b, c) -> squared(a.minus(b)).times(a));
    all.put("functions", (a, b, c) -> call("tanh", a.times(b)).plus(c.exp()));
    all.put("slopes by the result", (a, b, c) -> call("sigmoid", a).times(b.exp()).exp());
    all.put("kinks", (a, b, c) -> call("abs", call("relu", a.minus(b))).plus(c));
    all.put("extremes", (a, b, c) -> call("maximum", a.times(b), c).minus(a));
    all.put("a power", (a, b, c) -> call("power", call("abs", a).plus(1), b.plus(c)));
    all.put(
        "a choice", (a, b, c) -> call("where", call("relu", a.minus(b)), b.times(2), c.plus(1)));
    all.put("a scale", (a, b, c) -> call("scale", a.minus(b), 0.3).plus(c));
    all.put("coefficients", (a, b, c) -> call("smooth-abs", a.minus(b), 0.2).times(c));
    all.put(
        "coefficients twice",
        (a, b, c) -> call("leaky-relu", a.plus(b), 0.2).plus(call("leaky-relu", c, 0.3)));
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
        .flatMap(chain ->
            Stream.of(DataType.values())
                .map(type ->
                    dynamicTest(
                        chain.getKey() + ", " + type, () -> compare(chain.getValue(), type))));
  }

  private void compare(Chain chain, DataType type) {
    List<Variable<Tensor>> plain = parameters(type, SHAPE, SHAPE, SHAPE);
    List<Variable<Tensor>> fused = parameters(type, SHAPE, SHAPE, SHAPE);
    Variable<Tensor> expected = chain.of(plain.get(0), plain.get(1), plain.get(2));
    Variable<Tensor> actual =
        stride.fused(() -> chain.of(fused.get(0), fused.get(1), fused.get(2)));
    assertThat(root(actual).name()).as("joined").contains("+");
    assertThat(actual.get()).isEqualTo(expected.get());
    Tensor seed = Tensor.random(expected.get().shape(), type, 7);
    expected.adjoint(seed).join();
    actual.adjoint(seed).join();
    for (int i = 0; i < plain.size(); i++) {
      assertThat(fused.get(i).grad()).isEqualTo(plain.get(i).grad());
    }
  }

  private List<Variable<Tensor>> parameters(DataType type, Shape... shapes) {
    return IntStream.range(0, shapes.length)
        .mapToObj(i -> stride.parameter("abc".charAt(i) + "", Tensor.random(shapes[i], type, i)))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> a_chain_is_an_operator_that_keeps_the_contract() {
    return chains().entrySet().stream()
        .map(chain -> dynamicTest(chain.getKey(), () -> prove(operator(chain.getValue()))));
  }

  private static void prove(Operator<?> operator) {
    Contracts.prove(operator, samples(operator));
  }

  private Operator<?> operator(Chain chain) {
    List<Variable<Tensor>> given = parameters(DataType.FLOAT64, SHAPE, SHAPE, SHAPE);
    Variable<Tensor> y = stride.fused(() -> chain.of(given.get(0), given.get(1), given.get(2)));
    return root(y);
  }

  private static Operator<?> root(Variable<Tensor> y) {
    return Objects.requireNonNull(Objects.requireNonNull(y.graph().root()).operator());
  }

  private static Sample[] samples(Operator<?> operator) {
    List<Port> inputs = operator.signature().inputs();
    return new Sample[] {
      sample(inputs, SHAPE), sample(inputs, Shape.of(5, 1), Shape.of(9), Shape.of(3, 1, 1))
    };
  }

  /** Tensors of positive numbers, of some shapes in turn, and numbers that grow, as bounds do. */
  private static Sample sample(List<Port> inputs, Shape... shapes) {
    List<Object> arguments = new ArrayList<>();
    for (Port port : inputs) {
      int place = arguments.size();
      Shape shape = shapes[place % shapes.length];
      arguments.add(
          port.type() == Tensor.class
              ? Tensor.random(shape, DataType.FLOAT64, 40 + place).map(v -> 1.2 + Math.tanh(v) / 2)
              : (Object) (0.1 * place));
    }
    return Sample.of(arguments.toArray());
  }

  @Test
  void a_power_is_computed_once() {
    Chain chain = (a, b, c) -> a.minus(b).pow(3).plus(c).exp();

    assertThat(operator(chain).name()).isEqualTo("stride.add+exp");
  }

  @Test
  void a_loss_of_five_operators_is_one_node() {
    Chain loss = (a, b, c) -> squared(a.minus(b)).times(c).plus(1).sum();

    assertThat(operator(loss).name()).isEqualTo("stride.subtract+multiply+multiply+add+sum");
  }
}
