package dev.stride.ops.gpu.internal.operator;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.testkit.GradientChecker;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every element-wise operator keeps the contract of operators, with its tensors on a device. */
class FormulasTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_formula_keeps_the_contract() {
    return Formulas.ALL.stream()
        .map(entry ->
            dynamicTest(
                entry.formula().name(),
                () ->
                    GradientChecker.of(ElementOperator.of(entry.formula(), OPENED.device()))
                        .at(entry.samples().get())
                        .placed(OPENED.device()::upload)
                        .run()
                        .requirePassed()));
  }
}
