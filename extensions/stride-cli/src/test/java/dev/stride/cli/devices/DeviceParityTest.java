package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Operators of a device compute what those of the processor do, forward and adjoint, at awkward
 * sizes.
 */
class DeviceParityTest {

  @RegisterExtension static final BothDevices DEVICES = new BothDevices();

  private static final List<Integer> SIZES = List.of(1, 3, 7, 16, 31, 207, 4098);

  /** Of the norms: rounding of some functions of float32, and of sums of a few thousand terms. */
  private static final double TOLERANCE = 2e-6;

  /** Waves are in WaveParityTest; of a long trace the slope along one shift cancels. */
  private static final Set<String> AT_SAMPLES_OR_ELSEWHERE =
      Set.of("stride.acoustic-wave", "stride.time-shift");

  /** Of these vectors say too little. */
  private static final Set<String> OF_SEVERAL_AXES =
      Set.of(
          "stride.fft",
          "stride.inverse-fft",
          "stride.real-fft",
          "stride.inverse-real-fft",
          "stride.hilbert",
          "stride.envelope",
          "stride.resample",
          "stride.resample-polyphase",
          "stride.time-shift",
          "stride.time-integral",
          "stride.butterworth",
          "stride.interpolate",
          "stride.inject",
          "stride.envelope-distance",
          "stride.travel-time",
          "stride.optimal-transport",
          "stride.triangular-solve",
          "stride.cholesky",
          "stride.solve",
          "stride.inverse",
          "stride.determinant",
          "stride.logdet",
          "stride.symmetric-eigenvalues",
          "stride.singular-values");

  @TestFactory
  Stream<DynamicTest> every_operator_agrees_with_the_processor() {
    return DEVICES
        .operators(BothDevices.DEVICE)
        .filter(entry -> !AT_SAMPLES_OR_ELSEWHERE.contains(entry.name()))
        .map(entry -> dynamicTest(entry.name(), () -> agree(entry)));
  }

  private static void agree(Discovery.Entry entry) {
    Sample sample = entry.samples().get().getFirst();
    for (int size : SIZES) {
      Arguments arguments = SizedArguments.of(entry.name(), sample, size);
      Agreement.requireClose(
          DEVICES.computed(entry.name(), arguments, "opencl"),
          DEVICES.computed(entry.name(), arguments, "cpu"),
          TOLERANCE,
          "%s of %d elements".formatted(entry.name(), size));
    }
  }

  @TestFactory
  Stream<DynamicTest> samples_of_stacks_and_several_axes_agree_with_the_processor() {
    return DEVICES
        .operators(BothDevices.DEVICE)
        .filter(entry -> OF_SEVERAL_AXES.contains(entry.name()))
        .map(entry -> dynamicTest(entry.name(), () -> agreeAtSamples(entry)));
  }

  private static void agreeAtSamples(Discovery.Entry entry) {
    for (Sample sample : entry.samples().get()) {
      Arguments arguments =
          BothDevices.mapped(
              sample.arguments(),
              value -> value instanceof Tensor tensor ? tensor.cast(DataType.FLOAT32) : value);
      Agreement.requireClose(
          DEVICES.computed(entry.name(), arguments, "opencl"),
          DEVICES.computed(entry.name(), arguments, "cpu"),
          TOLERANCE,
          entry.name() + " at " + sample.description());
    }
  }

  @Test
  void gradient_of_a_graph_on_the_device_is_that_on_the_processor_and_transfers_are_counted() {
    Variable<Tensor> x =
        DEVICES.stride().parameter(Tensor.random(Shape.of(40, 30), DataType.FLOAT32, 3));
    Variable<Tensor> z = x.moveTo("opencl");
    Variable<Tensor> loss = z.times(z).plus(z).plus(1).sum();
    var statistics = loss.adjoint().join();

    assertThat(loss.get().device()).isEqualTo(BothDevices.DEVICE);
    assertThat(x.grad().device()).isEqualTo(Device.CPU);
    assertThat(x.grad().minus(x.get().times(2).plus(1)).norm())
        .isLessThan(TOLERANCE * x.grad().norm());
    assertThat(statistics.transfers()).isEqualTo(2);
    assertThat(statistics.transferredBytes()).isEqualTo(2L * 4 * 1200);
  }

  @Test
  void gradient_is_the_same_bits_every_time() {
    Variable<Tensor> x =
        DEVICES.stride().parameter(Tensor.random(Shape.of(4098), DataType.FLOAT32, 3));
    Variable<Tensor> a = DEVICES.stride().parameter(Tensor.scalar(0.7f));
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      a.clearGrad();
      x.moveTo("opencl").times(a.moveTo("opencl")).sum().adjoint().join();
      gradients.add(a.grad());
    }
    assertThat(gradients).containsOnly(gradients.getFirst());
  }

  /** A pack that has an operator for the processor alone. */
  private static final class Processor implements OperatorPack, BlockingOperator<Tensor> {
    @Override
    public String id() {
      return "test.processor";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      registrar.operator(() -> this);
    }

    @Override
    public Signature signature() {
      return Signature.named("test.doubled").input("x").output("y").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").times(2));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(2));
    }
  }

  @Test
  void operator_that_the_device_lacks_is_an_error_that_says_so() {
    try (Stride stride = BothDevices.builder().pack(new Processor()).build()) {
      Variable<Tensor> x = stride.parameter(Tensor.random(Shape.of(16), DataType.FLOAT32, 3));
      Variable<Tensor> y = stride.operator("test.doubled").call(x.moveTo("opencl"));

      assertThatThrownBy(y::get)
          .hasMessageContaining("is on opencl:0, but the operator computes on cpu")
          .hasMessageContaining("Move it there first");
    }
  }
}
