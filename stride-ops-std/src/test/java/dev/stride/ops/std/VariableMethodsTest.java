package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Arguments;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The methods of variables reach the operators, with gradients, and gradients of gradients. */
class VariableMethodsTest {

  private static final double STEP = 1e-5;
  private static final Tensor POINT = Tensor.of(Shape.of(2, 3), 0.7, 1.2, 0.9, 1.6, 0.5, 1.1);
  private static final Tensor OTHER = Tensor.of(Shape.of(2, 3), 1.4, 0.8, 1.9, 0.6, 1.3, 0.55);
  private static final Tensor DIRECTION = Tensor.random(2, 3);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @TestFactory
  Stream<DynamicTest> first_gradients_agree_with_differences() {
    return functions((name, function) -> checkFirst(function));
  }

  @TestFactory
  Stream<DynamicTest> second_gradients_agree_with_differences_of_first_ones() {
    return functions((name, function) -> checkSecond(function));
  }

  private interface Body {
    void check(String name, Function<Variable<Tensor>, Variable<Tensor>> function);
  }

  private static Stream<DynamicTest> functions(Body body) {
    return scalars().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> body.check(entry.getKey(), entry.getValue())));
  }

  /** Scalar functions of one variable, all curved, by the method or operator that they use. */
  private static Map<String, Function<Variable<Tensor>, Variable<Tensor>>> scalars() {
    Map<String, Function<Variable<Tensor>, Variable<Tensor>>> all = new LinkedHashMap<>();
    all.put("plus variable", x -> x.plus(other(x)).pow(3).sum());
    all.put("plus number", x -> x.plus(1).pow(3).sum());
    all.put("plus, repeated", x -> x.plus(x.sum()).pow(2).sum());
    all.put("minus variable", x -> other(x).minus(x).pow(3).sum());
    all.put("minus number", x -> x.minus(3).pow(2).sum());
    all.put("minus, repeated", x -> x.minus(x.mean()).pow(2).sum());
    all.put("times variable", x -> x.times(x).times(other(x)).sum());
    all.put("times number", x -> x.times(2).exp().sum());
    all.put("times, repeated", x -> x.times(x.sum()).times(x).sum());
    all.put("div variable", x -> other(x).div(x).sum());
    all.put("div number", x -> x.div(2).exp().sum());
    all.put("div, repeated", x -> x.div(x.sum()).pow(2).sum());
    all.put("unaryMinus", x -> x.unaryMinus().exp().sum());
    all.put("pow", x -> x.pow(2.5).sum());
    all.put("exp", x -> x.exp().sum());
    all.put("log", x -> x.log().times(x).sum());
    all.put("sqrt", x -> x.sqrt().sum());
    all.put("sum", x -> x.sum().pow(3));
    all.put("mean", x -> x.mean().pow(3));
    all.put("dot", x -> x.dot(x.exp()));
    all.put("matmul", x -> x.matmul(x.reshape(Shape.of(3, 2)).exp()).pow(2).sum());
    all.put("matmul with a vector", x -> x.matmul(vector(x)).pow(2).sum());
    all.put("reshape", x -> x.reshape(Shape.of(6)).pow(3).sum());
    all.put("slice", x -> call(x, "slice", List.of(0, 1), List.of(2, 3)).pow(3).sum());
    all.put("concatenate", x -> list(x, List.of(x, x.exp())).pow(2).sum());
    all.put("split", VariableMethodsTest::parts);
    all.put("l2-distance", x -> call(x.exp(), "l2-distance", other(x)));
    all.put("pad-edge", x -> call(x, "pad-edge", 2).pow(3).sum());
    all.put("gaussian-smooth", x -> call(x, "gaussian-smooth", 1.5).pow(3).sum());
    all.put("butterworth", x -> named(x, Arguments.of(x, 1).with("high", 0.2)).pow(3).sum());
    return all;
  }

  private static Variable<Tensor> other(Variable<Tensor> x) {
    return x.engine().variable(OTHER);
  }

  private static Variable<Tensor> vector(Variable<Tensor> x) {
    return call(x, "slice", List.of(0, 0), List.of(1, 3)).reshape(Shape.of(3)).exp();
  }

  private static Variable<Tensor> parts(Variable<Tensor> x) {
    var parts = x.engine().operator("split").callAll(x, 3, 1).list("parts", Tensor.class);
    return parts.get(0).times(parts.get(2)).pow(2).sum();
  }

  private static Variable<Tensor> list(Variable<Tensor> x, List<Variable<Tensor>> inputs) {
    return x.engine().operator("concatenate").call(inputs, 1);
  }

  private static Variable<Tensor> named(Variable<Tensor> x, Arguments arguments) {
    return x.engine().operator("butterworth").call(arguments);
  }

  private static Variable<Tensor> call(Variable<Tensor> x, String name, Object... others) {
    Object[] arguments = Stream.concat(Stream.of(x), Stream.of(others)).toArray();
    return x.engine().operator(name).call(arguments);
  }

  private void checkFirst(Function<Variable<Tensor>, Variable<Tensor>> function) {
    Variable<Tensor> x = stride.parameter(POINT);
    Tensor gradient = Engines.gradient(function.apply(x), x);
    double ahead = value(function, STEP);
    double behind = value(function, -STEP);
    double slope = gradient.dot(DIRECTION);
    assertThat(slope).isNotZero();
    assertThat((ahead - behind) / (2 * STEP))
        .isCloseTo(slope, within(1e-8 * (1 + gradient.norm() * DIRECTION.norm())));
  }

  private double value(Function<Variable<Tensor>, Variable<Tensor>> function, double step) {
    return function.apply(stride.variable(moved(step))).get().item();
  }

  private static Tensor moved(double step) {
    return POINT.plus(DIRECTION.times(step));
  }

  private void checkSecond(Function<Variable<Tensor>, Variable<Tensor>> function) {
    Variable<Tensor> x = stride.parameter(POINT);
    Variable<Tensor> gradient = recorded(function, x);
    Tensor expected = first(function, STEP).minus(first(function, -STEP)).div(2 * STEP);
    Variable<Tensor> along = gradient.dot(stride.variable(DIRECTION));
    Tensor curvature = Engines.gradient(along, x);
    assertThat(gradient.get().minus(first(function, 0)).norm()).isLessThan(1e-12);
    assertThat(curvature.norm()).isGreaterThan(1e-3);
    assertThat(curvature.minus(expected).norm()).isLessThan(1e-7 * (1 + curvature.norm()));
  }

  @SuppressWarnings("unchecked")
  private Variable<Tensor> recorded(
      Function<Variable<Tensor>, Variable<Tensor>> function, Variable<Tensor> x) {
    return stride.recordedGradients(function.apply(x), x).getFirst();
  }

  private Tensor first(Function<Variable<Tensor>, Variable<Tensor>> function, double step) {
    Variable<Tensor> x = stride.parameter(moved(step));
    return Engines.gradient(function.apply(x), x);
  }
}
