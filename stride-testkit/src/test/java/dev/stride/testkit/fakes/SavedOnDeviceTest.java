package dev.stride.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Saved;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Report;
import dev.stride.testkit.Rule;
import org.junit.jupiter.api.Test;

/** What an operator saves in the memory of a device counts as what it saves on the heap does. */
class SavedOnDeviceTest {

  private static Report checked(double share) {
    FakeDevice device = new FakeDevice();
    return GradientChecker.of(new Square(device, share))
        .at(Sample.of(Tensor.random(40, 50)))
        .placed(device::upload)
        .only(Rule.MEMORY)
        .run();
  }

  @Test
  void elements_on_a_device_are_part_of_what_saved_state_keeps() {
    assertThat(checked(1).passed()).isTrue();
  }

  @Test
  void saved_state_that_forgets_them_is_found_out() {
    assertThatThrownBy(() -> checked(0).requirePassed())
        .hasMessageContaining("saved state says that it keeps 0 bytes, but its arrays take 16000");
  }

  /** The square, which saves twice its input and tells a share of that. */
  private record Square(FakeDevice device, double share) implements BlockingOperator<Tensor> {

    private record Twice(Tensor value, double share) implements Saved {
      @Override
      public long bytes() {
        return Math.round(share * value.size() * value.dataType().bytes());
      }
    }

    @Override
    public Signature signature() {
      return Signature.named("fake.square").input("x").output("y").adjointNeeds().build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Tensor x = FakeDevice.inPlace(call.tensor("x"));
      return Outputs.of(device.onDevice(x.times(x)))
          .saving(new Twice(device.onDevice(x.times(2)), share));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      Tensor twice = FakeDevice.inPlace(call.saved(Twice.class).value());
      return Gradients.of(device.onDevice(FakeDevice.inPlace(call.cotangent()).times(twice)));
    }
  }
}
