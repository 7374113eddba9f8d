package dev.stride.ops.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GpuOperatorsTest {

  private final OperatorPack pack = new GpuOperators();

  @Test
  void availability_says_why_and_what_to_do() {
    TestDevices.first();
    PackContext context = mock();

    assertThat(pack.availability(context))
        .isEqualTo(
            new Availability.Unavailable(
                "this version of stride.gpu has no OpenCL operators yet",
                "use the operators of stride.std, which run on the CPU"));
    verifyNoInteractions(context);
  }

  @Test
  void diagnosis_lists_the_devices() {
    DeviceDescription device = TestDevices.first();

    assertThat(pack.diagnose().getFirst().topic()).isEqualTo("opencl");
    assertThat(pack.diagnose().getFirst().detail()).isEqualTo(device.toString());
  }

  @Test
  void diagnosis_says_something_on_every_machine() {
    assertThat(pack.diagnose()).isNotEmpty();
  }

  @Test
  void register_refuses_since_the_pack_is_unavailable() {
    OperatorRegistrar registrar = mock();

    assertThatIllegalStateException()
        .isThrownBy(() -> pack.register(registrar))
        .withMessageContaining("stride.gpu");
    verifyNoInteractions(registrar);
  }

  @Test
  void module_provides_the_pack() {
    assertThat(GpuOperators.class.getModule().getDescriptor().provides())
        .anySatisfy(provided -> {
          assertThat(provided.service()).isEqualTo(OperatorPack.class.getName());
          assertThat(provided.providers()).containsExactly(GpuOperators.class.getName());
        });
  }

  @Test
  void services_file_names_the_pack() throws IOException {
    String file = "/META-INF/services/" + OperatorPack.class.getName();
    try (InputStream in = GpuOperators.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.strip()).isEqualTo(GpuOperators.class.getName());
    }
  }
}
