package dev.stride.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.junit.GradientTest.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientTestTest {

  @GradientTest
  void one_operator(Loss loss, @Given(shape = {4, 7}) Variable<Tensor> x) {
    loss.is(JunitOperators.square().call(x));
  }

  @GradientTest
  void chain_with_a_scalar(Stride stride, Loss loss, @Given(from = 1, to = 2) Variable<Tensor> x) {
    assertThat(stride.discovery()).isNotNull();
    loss.is(JunitOperators.square().call(JunitOperators.square().call(x)));
  }

  @Test
  void wrong_adjoint_in_a_graph_is_found() {
    try (Stride stride = Stride.create()) {
      BuiltGraph graph =
          new BuiltGraph(
              "wrong",
              List.of("x"),
              stride,
              leaves -> JunitOperators.wrongSquare().call(leaves.getFirst()));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> GradientChecker.of(graph).at(Tensor.of(0.3, 0.7)).run().requirePassed())
          .withMessageContaining("sign flipped");
    }
  }
}
