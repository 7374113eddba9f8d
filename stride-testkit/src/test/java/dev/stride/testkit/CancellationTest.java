package dev.stride.testkit;

import static dev.stride.api.DataType.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sum of products can be small though no product is, by cancellation: then its rounding is large
 * beside it, and nothing is wrong.
 */
class CancellationTest {

  private static final float[] WEIGHTS = {0.7f, -1.3f, 0.4f, 1.9f, -0.2f, 0.9f, -1.1f, 0.3f, 1.2f};
  private static final Tensor INPUT =
      Tensor.of(0.3, 0.1, -0.7, 1.1, 0.9, -0.4, 0.2, 0.8, -0.6).cast(FLOAT32);
  private static final Tensor NUMBER = Tensor.scalar(0.7f);

  /** The sum of what is weighted, and a bend of it that makes it wrong. */
  private static Operator<?> weightedSum(double bend) {
    return new Written(
        Signature.named("test.weighted-sum").input("x").output("y").linearIn("x").build(),
        c -> Outputs.of(sum(c.tensor("x"), bend)),
        c -> Gradients.of(spread(c.cotangent())));
  }

  /** The weights times a number: its adjoint is a weighted sum. */
  private static Operator<?> weightsTimes(double bend) {
    return new Written(
        Signature.named("test.weights-times").input("x").output("y").linearIn("x").build(),
        c -> Outputs.of(spread(c.tensor("x"))),
        c -> Gradients.of(sum(c.cotangent(), bend)));
  }

  private static Tensor sum(Tensor x, double bend) {
    double sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      double product = WEIGHTS[i] * x.get(i) * (1 + bend * Math.abs(x.get(i)));
      sum = x.dataType() == FLOAT32 ? (float) sum + (float) product : sum + product;
    }
    return Tensor.scalar(sum, x.dataType());
  }

  private static Tensor spread(Tensor number) {
    double[] products = new double[WEIGHTS.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = WEIGHTS[i] * number.get();
    }
    return Tensor.of(Shape.of(products.length), products).cast(number.dataType());
  }

  @ParameterizedTest
  @ValueSource(longs = {434, 800, 1298, 1774})
  void rounding_beside_a_small_sum_of_products_is_no_bend(long seed) {
    assertThat(check(weightedSum(0), INPUT, Rule.DECLARATIONS, seed).passed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {434, 800, 1298, 1774})
  void bend_is_found_there_all_the_same(long seed) {
    assertThat(check(weightedSum(1e-4), INPUT, Rule.DECLARATIONS, seed).passed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {220, 691, 885, 1642})
  void rounding_beside_a_small_gradient_is_no_bend(long seed) {
    assertThat(check(weightsTimes(0), NUMBER, Rule.COTANGENT_LINEARITY, seed).passed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {220, 691, 885, 1642})
  void bent_adjoint_is_found_there_all_the_same(long seed) {
    assertThat(check(weightsTimes(1e-4), NUMBER, Rule.COTANGENT_LINEARITY, seed).passed())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {2082, 5765, 12699, 20799})
  void small_gradient_in_float32_is_held_against_what_it_may_be(long seed) {
    assertThat(check(weightsTimes(0), NUMBER, Rule.FLOAT32, seed).passed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {2082, 5765, 12699, 20799})
  void gradient_that_is_worse_in_float32_is_found_there_all_the_same(long seed) {
    Operator<?> worse =
        new Written(
            weightsTimes(0).signature(),
            c -> Outputs.of(spread(c.tensor("x"))),
            c -> Gradients.of(sum(c.cotangent(), c.cotangent().dataType() == FLOAT32 ? 0.01 : 0)));
    assertThat(check(worse, NUMBER, Rule.FLOAT32, seed).passed()).isFalse();
  }

  private static Report check(Operator<?> operator, Tensor input, Rule rule, long seed) {
    return GradientChecker.of(operator).at(input).types(FLOAT32).only(rule).seed(seed).run();
  }
}
