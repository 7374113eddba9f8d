package dev.stride.ops.gpu.internal.signal;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators on signals keep the contract of operators. */
class SignalOperatorsTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract() {
    return Contract.of(SignalOperators.all(new Tables()), OPENED.device());
  }
}
