package dev.stride.ops.gpu.internal.linalg;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.ops.gpu.internal.operator.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators of dense linear algebra keep the contract of operators. */
class LinearAlgebraTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract() {
    return Contract.of(LinearAlgebra.ALL, OPENED.device());
  }
}
