package dev.stride.ops.gpu.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.ops.gpu.internal.device.Opened;
import dev.stride.testkit.GradientChecker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Shots on a device keep the contract of operators: in 2D and 3D, at every order. */
class AcousticWaveTest {

  @RegisterExtension static final Opened OPENED = new Opened();

  @TestFactory
  Stream<DynamicTest> every_dimension_and_order_keeps_the_contract() {
    assertThat(AcousticWave.samples()).hasSize(11);
    return AcousticWave.samples().stream()
        .map(sample ->
            dynamicTest(
                sample.toString(),
                () ->
                    GradientChecker.of(new AcousticWave(OPENED.device()))
                        .at(List.of(sample))
                        .placed(OPENED.device()::upload)
                        .run()
                        .requirePassed()));
  }
}
