package dev.stride.ops.gpu.internal.loss;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.operator.Contract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Losses that compare whole traces keep the contract of operators. */
class LossOperatorsTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract() {
    Tables tables = new Tables();
    return Stream.concat(
        Contract.of(LossOperators.all(tables), OPENED.device()),
        Contract.of(LossOperators.ofDoubles(tables), OPENED.device()));
  }
}
