package dev.stride.ops.gpu.internal.operator;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.testkit.GradientChecker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks that operators keep the contract of operators, with their tensors on a device. */
public final class Contract {

  private Contract() {}

  /** One test an operator, at its samples. */
  public static Stream<DynamicTest> of(List<DeviceOperator> operators, ComputeDevice device) {
    return operators.stream()
        .map(each -> checked(each.constructor().apply(device), each.samples().get(), device));
  }

  private static DynamicTest checked(
      Operator<Tensor> operator, List<Sample> samples, ComputeDevice device) {
    return dynamicTest(
        operator.name(),
        () ->
            GradientChecker.of(operator).at(samples).placed(device::upload).run().requirePassed());
  }
}
