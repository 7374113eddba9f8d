package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.DifferentiableMultiply;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E25. Gradients recorded twice are products of the Hessian with a vector, {@code H v = d(g . v)},
 * which agree with finite differences of the gradient.
 */
class HessianVectorProductTest {

  private static final int SIZE = 5;
  private static final double STEP = 1e-4;
  // Of a central difference: STEP^2 times third derivatives of order ten, and rounding over STEP.
  private static final double TOLERANCE = 1e-6;

  private final Stride stride = Engines.engine();
  private final Operator<Double> multiply = new DifferentiableMultiply();
  private final Operator<Double> add = new DifferentiableAdd();
  private final Operator<Double> sine = new DifferentiableSine(0);

  @AfterEach
  void close() {
    stride.close();
  }

  /** {@code y = a + b}. */
  private static final class DifferentiableAdd
      implements BlockingOperator<Double>, DifferentiableOperator<Double> {

    @Override
    public Signature signature() {
      return Doubles.binary("test.differentiable.add");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.number("a") + call.number("b"));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(Doubles.dy(call), Doubles.dy(call));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Variable<Double> cotangent = call.cotangent("y", Double.class);
      return List.of(cotangent, cotangent);
    }
  }

  /** {@code y = sin(x + k pi / 2)}, whose derivative is the same with the next k. */
  private record DifferentiableSine(int quarters)
      implements BlockingOperator<Double>, DifferentiableOperator<Double> {

    @Override
    public Signature signature() {
      return Doubles.unary("test.differentiable.sine" + quarters);
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(Math.sin(Doubles.x(call) + quarters * Math.PI / 2));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      double x = call.value("x", Double.class);
      return Gradients.of(Doubles.dy(call) * Math.sin(x + (quarters + 1) * Math.PI / 2));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Variable<Double> slope =
          new DifferentiableSine(quarters + 1).call(call.input("x", Double.class));
      return List.of(new DifferentiableMultiply().call(call.cotangent("y", Double.class), slope));
    }
  }

  /** {@code f = sum_i sin(x_i x_(i+1)) x_i^2}, the last followed by the first. */
  private Variable<Double> loss(List<Variable<Double>> x) {
    List<Variable<Double>> terms = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      Variable<Double> here = x.get(i);
      Variable<Double> wave = sine.call(multiply.call(here, x.get((i + 1) % x.size())));
      terms.add(multiply.call(wave, multiply.call(here, here)));
    }
    return sum(terms);
  }

  private Variable<Double> sum(List<Variable<Double>> terms) {
    return terms.stream().reduce((a, b) -> add.call(a, b)).orElseThrow();
  }

  private List<Variable<Double>> parameters(List<Double> values) {
    return values.stream().map(stride::parameter).toList();
  }

  private List<Double> gradient(List<Double> at) {
    List<Variable<Double>> x = parameters(at);
    return values(recorded(loss(x), x));
  }

  private List<Double> hessianTimes(List<Double> at, List<Double> vector) {
    List<Variable<Double>> x = parameters(at);
    List<Variable<Double>> product = recorded(dot(recorded(loss(x), x), vector), x);
    assertThat(x).allMatch(leaf -> leaf.grad() == null);
    return values(product);
  }

  private Variable<Double> dot(List<Variable<Double>> variables, List<Double> vector) {
    return sum(
        IntStream.range(0, SIZE)
            .mapToObj(i -> multiply.call(variables.get(i), vector.get(i)))
            .toList());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of variables for a variable argument.
  private List<Variable<Double>> recorded(Variable<Double> root, List<Variable<Double>> wrt) {
    return stride.recordedGradients(root, wrt.toArray(Variable[]::new));
  }

  private static List<Double> values(List<Variable<Double>> variables) {
    return variables.stream().map(variable -> Waiting.on(variable.value())).toList();
  }

  private static List<Double> random(Random random) {
    return random.doubles(SIZE, -1.5, 1.5).boxed().toList();
  }

  private static List<Double> plus(List<Double> a, double factor, List<Double> b) {
    return IntStream.range(0, SIZE).mapToObj(i -> a.get(i) + factor * b.get(i)).toList();
  }

  private static double dot(List<Double> a, List<Double> b, int size) {
    return IntStream.range(0, size).mapToDouble(i -> a.get(i) * b.get(i)).sum();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void product_agrees_with_a_difference_of_gradients(long seed) {
    Random random = new Random(seed);
    List<Double> at = random(random);
    List<Double> vector = random(random);
    List<Double> product = hessianTimes(at, vector);

    List<Double> forwards = gradient(plus(at, STEP, vector));
    List<Double> backwards = gradient(plus(at, -STEP, vector));
    for (int i = 0; i < SIZE; i++) {
      double difference = (forwards.get(i) - backwards.get(i)) / (2 * STEP);
      assertThat(product.get(i))
          .as("element %d, seed %d", i, seed)
          .isCloseTo(difference, within(TOLERANCE));
    }
    assertThat(Math.sqrt(dot(product, product, SIZE))).isGreaterThan(0.1); // Zeros agree easily.
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void products_are_symmetric(long seed) {
    Random random = new Random(seed);
    List<Double> at = random(random);
    List<Double> u = random(random);
    List<Double> v = random(random);

    assertThat(dot(u, hessianTimes(at, v), SIZE))
        .as("seed %d", seed)
        .isCloseTo(dot(v, hessianTimes(at, u), SIZE), within(1e-12));
  }

  @Test
  void plain_gradients_of_recorded_ones_are_the_same_product() {
    List<Double> at = random(new Random(6));
    List<Double> vector = random(new Random(7));
    List<Variable<Double>> x = parameters(at);
    Variable<Double> slope = dot(recorded(loss(x), x), vector);

    assertThat(plain(slope, x)).isEqualTo(hessianTimes(at, vector));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of variables for a variable argument.
  private List<Double> plain(Variable<Double> root, List<Variable<Double>> wrt) {
    Variable<Double>[] leaves = wrt.toArray(Variable[]::new);
    return Waiting.on(stride.gradients(root, leaves));
  }
}
