package dev.stride.cli.inversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Device;
import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;
import dev.stride.core.Stride;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {

  @Test
  void device_that_computes_waves_is_found() {
    try (Stride stride = Stride.create()) {
      assertThat(DeviceChoice.of(stride, "cpu")).isEqualTo(Device.CPU);
    }
  }

  @Test
  void missing_device_is_told_with_those_that_are_there_and_why_a_pack_is_not() {
    try (Stride stride = Stride.builder().pack(new Absent()).build()) {
      assertThatThrownBy(() -> DeviceChoice.of(stride, "abacus"))
          .hasMessageContaining("--device abacus: no such device computes waves. There is: cpu")
          .hasMessageContaining(
              "acme.abacus is unavailable: no abacus is plugged in (plug one in).");
    }
  }

  private static final class Absent implements OperatorPack {

    @Override
    public String id() {
      return "acme.abacus";
    }

    @Override
    public Availability availability(PackContext context) {
      return Availability.unavailable("no abacus is plugged in", "plug one in");
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      throw new AssertionError("an unavailable pack is not asked");
    }
  }
}
