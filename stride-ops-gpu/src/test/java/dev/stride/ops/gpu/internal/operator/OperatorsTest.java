package dev.stride.ops.gpu.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.testkit.GradientChecker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operators that sum or move elements keep the contract of operators, with their tensors on a
 * device.
 */
class OperatorsTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract() {
    return DeviceOperators.ALL.stream()
        .map(entry -> checked(entry.constructor().apply(OPENED.device()), entry.samples().get()));
  }

  private static DynamicTest checked(Operator<Tensor> operator, List<Sample> samples) {
    return dynamicTest(
        operator.name(),
        () ->
            GradientChecker.of(operator)
                .at(samples)
                .placed(OPENED.device()::upload)
                .run()
                .requirePassed());
  }

  @Test
  void inner_product_of_the_space_is_that_of_the_heap() {
    DeviceSpace space = new DeviceSpace(OPENED.device());
    Tensor a = Tensor.random(7, 300);
    Tensor b = Tensor.random(7, 300).times(3);
    double inner = space.inner(OPENED.device().upload(a), OPENED.device().upload(b));

    assertThat(inner).isEqualTo(a.dot(b));
  }
}
