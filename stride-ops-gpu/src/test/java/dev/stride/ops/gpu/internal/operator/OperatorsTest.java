package dev.stride.ops.gpu.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.Opened;
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
    return Contract.of(DeviceOperators.ALL, OPENED.device());
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
