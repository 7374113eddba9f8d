package dev.stride.ops.gpu.internal.space;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.ops.gpu.internal.operator.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators on fields between the nodes of grids keep the contract of operators. */
class SpaceOperatorsTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract() {
    return Contract.of(SpaceOperators.ALL, OPENED.device());
  }
}
