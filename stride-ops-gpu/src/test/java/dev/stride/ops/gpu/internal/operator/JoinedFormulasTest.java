package dev.stride.ops.gpu.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.DataType;
import dev.stride.api.FusibleOperator;
import dev.stride.api.Fusion;
import dev.stride.api.Fusion.Source;
import dev.stride.api.Fusion.Step;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.testkit.GradientChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operators made of several keep the contract of operators, with their tensors on a device. */
class JoinedFormulasTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  private static final Source A = new Source.Outside(0);
  private static final Source B = new Source.Outside(1);
  private static final Source LEFT_OUT = new Source.LeftOut();

  private static Source before(int step) {
    return new Source.Before(step);
  }

  private static Step step(String name, Source... arguments) {
    return new Step(element(name), List.of(arguments));
  }

  private static ElementOperator element(String name) {
    return Formulas.ALL.stream()
        .map(Formulas::formula)
        .filter(formula -> formula.name().equals("stride." + name))
        .map(formula -> new ElementOperator(formula, OPENED.device()))
        .findFirst()
        .orElseThrow();
  }

  private static Fusion fusion(Step... steps) {
    return new Fusion("stride.joined", List.of(Port.of("a"), Port.of("b")), List.of(steps));
  }

  private static Operator<Tensor> joined(FusibleOperator<Tensor> last, Step... steps) {
    return Objects.requireNonNull(last.fuse(fusion(steps)), "not joined");
  }

  @TestFactory
  Stream<DynamicTest> joined_operators_keep_the_contract() {
    return Stream.of(
        dynamicTest(
            "elements",
            () ->
                prove(
                    joined(
                        element("multiply"),
                        step("subtract", A, B),
                        step("tanh", before(0)),
                        step("multiply", before(1), A)))),
        dynamicTest("sum", () -> prove(total(Total.sum(OPENED.device())))),
        dynamicTest("mean", () -> prove(total(Total.mean(OPENED.device())))));
  }

  private static Operator<Tensor> total(Total last) {
    Step end = new Step(last, List.of(before(1), LEFT_OUT, LEFT_OUT));
    return joined(last, step("divide", A, B), step("multiply", before(0), before(0)), end);
  }

  private static void prove(Operator<Tensor> operator) {
    GradientChecker.of(operator)
        .at(
            List.of(
                sample(Shape.of(4, 7), Shape.of(4, 7)),
                sample(Shape.of(4, 1), Shape.of(7)),
                sample(Shape.SCALAR, Shape.of(3))))
        .placed(OPENED.device()::upload)
        .run()
        .requirePassed();
  }

  private static Sample sample(Shape... shapes) {
    List<Object> arguments = new ArrayList<>();
    for (Shape shape : shapes) {
      int seed = 40 + arguments.size();
      arguments.add(Tensor.random(shape, DataType.FLOAT64, seed).map(v -> 1.2 + Math.tanh(v) / 2));
    }
    return Sample.of(arguments.toArray());
  }

  @Test
  void calls_of_other_operators_are_not_joined() {
    Step other = new Step(new Reshape(OPENED.device()), List.of(A, LEFT_OUT));

    assertThat(element("exp").fuse(fusion(other, step("exp", before(0))))).isNull();
  }

  @Test
  void formulas_that_grow_too_long_are_not_joined() {
    List<Step> steps = new ArrayList<>(List.of(step("add", A, B)));
    for (int i = 0; i < 16; i++) {
      steps.add(step("multiply", before(i), before(i)));
    }

    assertThat(element("multiply").fuse(fusion(steps.toArray(Step[]::new)))).isNull();
  }
}
