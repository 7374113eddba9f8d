package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.RunStatistics;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.TransferPolicy;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.FakeDevice;
import dev.stride.core.fixtures.Waiting;
import org.junit.jupiter.api.Test;

/**
 * A name may be implemented for several devices and value types: the implementation is chosen by
 * where the inputs are, or by {@code stride.on(device)}; moving data is explicit or follows a
 * configured policy, and is visible in statistics.
 */
class DevicesTest {

  private static Stride engine(TransferPolicy policy) {
    return Engines.builder().pack(new FakeDevice()).transferPolicy(policy).build();
  }

  @Test
  void implementation_is_chosen_by_where_the_inputs_are() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Operator<Tensor> square = stride.operator("test.square");
      Variable<Tensor> onHeap = square.call(stride.parameter(Tensor.of(3.0)));
      Variable<Tensor> onFake = square.call(stride.parameter(FakeDevice.vector(3)));

      assertThat(Waiting.on(onHeap.value()).device()).isEqualTo(Device.CPU);
      assertThat(Waiting.on(onFake.value()).device()).isEqualTo(FakeDevice.DEVICE);
    }
  }

  @Test
  void gradient_lives_where_its_variable_does() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Variable<Tensor> x = stride.parameter(FakeDevice.vector(1, 2, 3));
      Variable<Tensor> loss = stride.operator("sum").call(stride.operator("test.square").call(x));
      RunStatistics statistics = Waiting.on(loss.adjoint());

      assertThat(x.grad().device()).isEqualTo(FakeDevice.DEVICE);
      assertThat(x.grad().toDoubleArray()).containsExactly(2, 4, 6);
      assertThat(statistics.transfers()).isZero();
    }
  }

  @Test
  void explicit_policy_refuses_inputs_elsewhere_and_names_operator_and_devices() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0));
      assertThatThrownBy(
              () -> Waiting.on(stride.on("fake").operator("test.square").call(x).value()))
          .hasMessageContaining("square")
          .hasMessageContaining("fake:0")
          .hasMessageContaining("cpu");
    }
  }

  @Test
  void automatic_policy_moves_inputs_and_counts_them() {
    try (Stride stride = engine(TransferPolicy.AUTOMATIC)) {
      Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0, 3.0));
      Variable<Tensor> y = stride.on("fake").operator("test.square").call(x);
      assertThat(Waiting.on(y.value()).device()).isEqualTo(FakeDevice.DEVICE);
      RunStatistics statistics = Waiting.on(y.adjoint(FakeDevice.vector(1, 1, 1)));

      assertThat(x.grad()).isEqualTo(Tensor.of(2.0, 4.0, 6.0));
      assertThat(statistics.transfers()).isPositive();
      assertThat(statistics.transferredBytes()).isGreaterThanOrEqualTo(24);
    }
  }

  @Test
  void variable_is_moved_where_it_is_asked_to_and_its_gradient_comes_back() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0, 3.0));
      Variable<Tensor> there = x.moveTo("fake");
      Variable<Tensor> square = stride.operator("test.square").call(there);
      Variable<Tensor> loss = stride.operator("sum").call(square.moveTo("cpu"));
      RunStatistics statistics = Waiting.on(loss.adjoint());

      assertThat(Waiting.on(there.value()).device()).isEqualTo(FakeDevice.DEVICE);
      assertThat(Waiting.on(square.value()).device()).isEqualTo(FakeDevice.DEVICE);
      assertThat(x.grad()).isEqualTo(Tensor.of(2.0, 4.0, 6.0));
      assertThat(x.grad().device()).isEqualTo(Device.CPU);
      assertThat(statistics.transfers()).isEqualTo(4);
      assertThat(statistics.transferredBytes()).isEqualTo(4 * 24);
    }
  }

  @Test
  void variable_that_is_there_already_is_not_moved() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0));
      Variable<Tensor> loss = stride.operator("sum").call(x.moveTo("cpu"));

      assertThat(Waiting.on(loss.adjoint()).transfers()).isZero();
      assertThat(Waiting.on(x.moveTo("cpu").value())).isSameAs(Waiting.on(x.value()));
    }
  }

  @Test
  void variable_cannot_be_moved_to_a_device_that_there_is_not() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Variable<Tensor> x = stride.parameter(Tensor.of(1.0, 2.0));
      assertThatThrownBy(() -> x.moveTo("opencl:7"))
          .isInstanceOf(StrideException.class)
          .hasMessageContaining("opencl:7")
          .hasMessageContaining("fake:0");
    }
  }

  @Test
  void device_that_no_pack_brings_is_an_error_that_lists_those_there_are() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      assertThatThrownBy(() -> stride.on("opencl:7"))
          .isInstanceOf(StrideException.class)
          .hasMessageContaining("opencl:7")
          .hasMessageContaining("cpu")
          .hasMessageContaining("fake:0");
    }
  }

  @Test
  void operator_that_the_device_lacks_is_an_error_that_names_both() {
    try (Stride stride = engine(TransferPolicy.EXPLICIT)) {
      Variable<Tensor> x = stride.parameter(FakeDevice.vector(1, 2));
      assertThatThrownBy(() -> Waiting.on(stride.operator("add").call(x, x).value()))
          .hasMessageContaining("add")
          .hasMessageContaining("fake:0");
    }
  }
}
