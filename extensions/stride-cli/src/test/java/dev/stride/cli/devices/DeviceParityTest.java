package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import dev.stride.core.TransferPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Operators of a device compute what those of the processor do, forward and adjoint, at awkward
 * sizes. Skipped where there is no device, except in continuous integration.
 */
class DeviceParityTest {

  private static final Device DEVICE = new Device("opencl:0");
  private static final List<Integer> SIZES = List.of(1, 3, 7, 16, 31, 207, 4098);

  /** Of the norms: rounding of some functions of float32, and of sums of a few thousand terms. */
  private static final double TOLERANCE = 2e-6;

  private static Stride stride;

  @BeforeAll
  static void open() {
    stride = Stride.builder().transferPolicy(TransferPolicy.EXPLICIT).build();
    Discovery.Pack pack = stride.discovery().pack("stride.gpu").orElseThrow();
    if (!pack.isAvailable()) {
      assertThat(System.getenv("CI")).as("a device is there in CI: %s", pack).isNotEqualTo("true");
      Assumptions.abort("no OpenCL device: " + pack.status());
    }
  }

  @AfterAll
  static void close() {
    if (stride != null) {
      stride.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> every_operator_agrees_with_the_processor() {
    return stride.discovery().operators().stream()
        .filter(entry -> entry.device().equals(DEVICE))
        .filter(entry -> !entry.name().equals("stride.acoustic-wave")) // In WaveParityTest.
        .map(entry -> dynamicTest(entry.name(), () -> agree(entry)));
  }

  private static void agree(Discovery.Entry entry) {
    Sample sample = entry.samples().get().getFirst();
    for (int size : SIZES) {
      List<Tensor> here = computed(entry.name(), sample, size, "cpu");
      List<Tensor> there = computed(entry.name(), sample, size, "opencl");
      assertThat(there).hasSameSizeAs(here);
      for (int i = 0; i < here.size(); i++) {
        double distance = here.get(i).minus(there.get(i)).norm();
        assertThat(distance)
            .as("%s of %d elements, value %d", entry.name(), size, i)
            .isLessThanOrEqualTo(TOLERANCE * here.get(i).norm());
      }
    }
  }

  /** The result and the gradients, on the heap. */
  private static List<Tensor> computed(String name, Sample sample, int size, String device) {
    List<Variable<Tensor>> parameters = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    for (Object argument : sample.arguments().positional()) {
      if (argument instanceof Tensor tensor) {
        Variable<Tensor> parameter = stride.parameter(tiled(tensor, size));
        parameters.add(parameter);
        arguments.add(parameter.moveTo(device));
      } else if (argument instanceof Shape) {
        arguments.add(name.equals("stride.broadcast") ? Shape.of(3, size) : Shape.of(size, 1));
      } else {
        arguments.add(argument);
      }
    }
    Engine engine = stride.on(device);
    Variable<Tensor> y = engine.operator(name).call(Arguments.of(arguments.toArray()));
    assertThat(y.get().device().kind()).isEqualTo(device);
    Tensor seed = tiled(Tensor.random(5).plus(3), y.get().size()).reshape(y.get().shape());
    y.moveTo("cpu").adjoint(seed).join();
    List<Tensor> computed = new ArrayList<>(List.of(y.get().toHeap()));
    parameters.stream().map(Variable::grad).filter(Objects::nonNull).forEach(computed::add);
    return computed;
  }

  /** A vector of the sample's numbers, again and again, so that all are where they should be. */
  private static Tensor tiled(Tensor numbers, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) numbers.at(i % numbers.size());
    }
    return Tensor.adopt(Shape.of(size), values).cast(DataType.FLOAT32);
  }

  @Test
  void gradient_of_a_graph_on_the_device_is_that_on_the_processor_and_transfers_are_counted() {
    Variable<Tensor> x = stride.parameter(Tensor.random(Shape.of(40, 30), DataType.FLOAT32, 3));
    Variable<Tensor> z = x.moveTo("opencl");
    Variable<Tensor> loss = z.times(z).plus(z).plus(1).sum();
    var statistics = loss.adjoint().join();

    assertThat(loss.get().device()).isEqualTo(DEVICE);
    assertThat(x.grad().device()).isEqualTo(Device.CPU);
    assertThat(x.grad().minus(x.get().times(2).plus(1)).norm())
        .isLessThan(TOLERANCE * x.grad().norm());
    assertThat(statistics.transfers()).isEqualTo(2);
    assertThat(statistics.transferredBytes()).isEqualTo(2L * 4 * 1200);
  }

  @Test
  void gradient_is_the_same_bits_every_time() {
    Variable<Tensor> x = stride.parameter(Tensor.random(Shape.of(4098), DataType.FLOAT32, 3));
    Variable<Tensor> a = stride.parameter(Tensor.scalar(0.7f));
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      a.clearGrad();
      x.moveTo("opencl").times(a.moveTo("opencl")).sum().adjoint().join();
      gradients.add(a.grad());
    }
    assertThat(gradients).containsOnly(gradients.getFirst());
  }

  @Test
  void operator_that_the_device_lacks_is_an_error_that_says_so() {
    Variable<Tensor> x = stride.parameter(Tensor.random(Shape.of(16), DataType.FLOAT32, 3));
    Variable<Tensor> y = stride.operator("hilbert").call(x.moveTo("opencl"));

    assertThatThrownBy(y::get)
        .hasMessageContaining("is on opencl:0, but the operator computes on cpu")
        .hasMessageContaining("Move it there first");
  }
}
