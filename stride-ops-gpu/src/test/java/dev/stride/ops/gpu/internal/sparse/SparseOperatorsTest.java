package dev.stride.ops.gpu.internal.sparse;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.ops.gpu.internal.operator.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators on sparse matrices keep the contract of operators. */
class SparseOperatorsTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract() {
    return Contract.of(SparseOperators.ALL, OPENED.device());
  }
}
