package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Operator;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.core.Stride;
import dev.stride.testkit.GradientChecker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operator of the pack keeps the operator contract at every sample, in both types. */
class StandardPackContractTest {

  /** Differentiated once only. */
  private static final String WAVE = "stride.acoustic-wave";

  private final Map<Operator<?>, List<Sample>> operators = RegisteredOperators.ofStandardPack();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract_at_its_samples() {
    return contracts(operators);
  }

  @TestFactory
  Stream<DynamicTest> operators_for_gradients_of_gradients_keep_it_too() {
    Map<Operator<?>, List<Sample>> internal = new LinkedHashMap<>();
    Tensor field = Singles.normal(Shape.of(3, 4));
    internal.put(
        new SumTo(),
        List.of(
            Sample.of(field, Singles.normal(Shape.of(4))),
            Sample.of(field, Singles.normal(Shape.SCALAR)),
            Sample.of(field, Singles.normal(Shape.of(3, 1))),
            Sample.of(field, field)));
    internal.put(
        new PartOf(),
        List.of(
            Sample.of(field, 1, 0)
                .with("inputs", List.of(Tensor.random(2, 4), Tensor.random(1, 4)))));
    internal.put(
        new TransposedOperator(new Slice()),
        List.of(Sample.of(Singles.normal(Shape.of(2)), Tensor.random(5), List.of(1), List.of(3))));
    internal.put(
        new TransposedOperator(new GaussianSmooth()),
        List.of(Sample.of(field, field).with("sigma", List.of(1.0, 0.5))));
    internal.put(
        new TransposedOperator(new ButterworthFilter()),
        List.of(Sample.of(field, field, 1.0).with("high", 0.2)));
    for (boolean towardsA : new boolean[] {true, false}) {
      internal.put(
          towardsA
              ? BilinearAdjoint.towardsA(new MatMul())
              : BilinearAdjoint.towardsB(new MatMul()),
          List.of(
              towardsA
                  ? Sample.of(Tensor.random(2, 5), Tensor.random(3, 5), Tensor.random(2, 3))
                  : Sample.of(Tensor.random(2, 5), Tensor.random(2, 3), Tensor.random(3, 5))));
    }
    return contracts(internal);
  }

  private static Stream<DynamicTest> contracts(Map<Operator<?>, List<Sample>> operators) {
    return operators.entrySet().stream()
        .map(entry -> dynamicTest(entry.getKey().name(), () -> prove(entry)));
  }

  private static void prove(Map.Entry<Operator<?>, List<Sample>> entry) {
    GradientChecker.of(entry.getKey()).at(entry.getValue()).run().requirePassed();
  }

  @Test
  void every_operator_has_three_samples_or_more() {
    assertThat(operators)
        .allSatisfy((operator, samples) ->
            assertThat(samples).as(operator.name()).hasSizeGreaterThanOrEqualTo(3));
  }

  @Test
  void every_operator_but_the_wave_can_be_differentiated_twice() {
    assertThat(operators.keySet())
        .allSatisfy(operator ->
            assertThat(operator instanceof DifferentiableOperator || operator.name().equals(WAVE))
                .as(operator.name())
                .isTrue());
  }

  @Test
  void names_are_those_of_the_namespace() {
    assertThat(operators.keySet().stream().map(Operator::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("stride."))
        .contains("stride.add", "stride.subtract", "stride.multiply", "stride.divide")
        .contains("stride.scale", "stride.power", "stride.exp", "stride.log", "stride.sqrt")
        .contains("stride.sum", "stride.mean", "stride.dot", "stride.matmul", "stride.reshape")
        .contains("stride.slice", "stride.concatenate", "stride.split", "stride.l2-distance")
        .contains("stride.pad-edge", "stride.gaussian-smooth", "stride.butterworth", WAVE);
  }

  @Test
  void the_pack_is_found_as_a_service() {
    try (Stride stride = Stride.create()) {
      assertThat(stride.discovery().pack("stride.std"))
          .hasValueSatisfying(pack -> assertThat(pack.isAvailable()).isTrue());
    }
  }
}
