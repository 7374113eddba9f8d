package dev.stride.ops.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.stride.api.Device;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.PackContext;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GpuOperatorsTest {

  private final OperatorPack pack = new GpuOperators();

  private static PackContext context(Map<String, String> configuration) {
    PackContext context = mock();
    when(context.configuration()).thenReturn(configuration);
    return context;
  }

  @Test
  void pack_is_available_where_there_is_a_device() {
    TestDevices.first();

    assertThat(pack.availability(context(Map.of()))).isEqualTo(Availability.available());
    pack.close();
  }

  @Test
  void wrong_configuration_is_an_error_that_names_it() {
    TestDevices.first();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pack.availability(context(Map.of("memory", "plenty"))))
        .withMessageContaining("stride.gpu.memory is 'plenty'");
  }

  @Test
  void engine_finds_device_and_operators_and_leaves_no_thread() {
    TestDevices.first();
    Tensor read;
    try (Stride stride = Stride.builder().withoutDiscovery().pack(pack).build()) {
      assertThat(stride.discovery().operators("stride.exp"))
          .extracting(Discovery.Entry::device)
          .contains(new Device("opencl:0"));
      Variable<Tensor> x = stride.parameter(Tensor.of(1f, 2f, 3f)).moveTo("opencl");
      read = stride.operator("square").call(x).get();
    }

    assertThat(read.toHeap()).isEqualTo(Tensor.of(1f, 4f, 9f));
    assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
        .noneMatch(name -> name.startsWith("stride-opencl:0-completion"));
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
