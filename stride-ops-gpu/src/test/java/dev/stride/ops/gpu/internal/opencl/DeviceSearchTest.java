package dev.stride.ops.gpu.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Device;
import dev.stride.api.spi.Availability;
import dev.stride.ops.gpu.internal.opencl.Child.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSearchTest {

  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  @TempDir private Path folder;

  @Test
  void devices_are_numbered_and_described() {
    DeviceDescription first = TestDevices.first();

    assertThat(first.device()).isEqualTo(new Device("opencl:0"));
    assertThat(first.name()).isNotBlank();
    assertThat(first.computeUnits()).isPositive();
    assertThat(first.memoryBytes()).isGreaterThan(1L << 20);
    assertThat(first.largestBuffer()).isBetween(1L << 20, first.memoryBytes());
    assertThat(first.toString()).contains("opencl:0", first.name(), first.driver(), "float32");
  }

  @Test
  void search_finds_the_same_twice() {
    TestDevices.first();
    assertThat(DeviceSearch.run()).isEqualTo(DeviceSearch.run());
    assertThat(DeviceSearch.run().availability()).isEqualTo(Availability.available());
  }

  @Test
  void missing_loader_is_told_with_a_remedy_and_nothing_else_is_written() throws Exception {
    Ended ended = search(Map.of(), NATIVE, "-Dorg.lwjgl.opencl.libname=libNoSuchOpenCL.so");

    assertThat(ended.status()).isZero();
    assertThat(ended.output())
        .startsWith("DeviceSearch[")
        .contains("there is no OpenCL loader (libNoSuchOpenCL.so)", "pocl-opencl-icd");
  }

  @Test
  void missing_driver_is_told_with_a_remedy() throws Exception {
    TestDevices.first(); // The loader is needed to find no driver.
    Ended ended = search(Map.of("OCL_ICD_VENDORS", folder.toString()), NATIVE);

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("no driver is", "install the driver of the GPU");
  }

  @Test
  void broken_driver_is_told_and_ends_nothing() throws Exception {
    TestDevices.first();
    Path drivers = Files.createDirectory(folder.resolve("vendors"));
    Path library = Files.writeString(folder.resolve("libbroken.so"), "this is no library");
    Files.writeString(drivers.resolve("broken.icd"), library + "\n");
    Ended ended = search(Map.of("OCL_ICD_VENDORS", drivers.toString()), NATIVE);

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("Unavailable[", "no driver is");
  }

  @Test
  void missing_access_to_native_libraries_is_told_with_the_option() throws Exception {
    Ended ended = search(Map.of(), "--illegal-native-access=deny");

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("without access to native", NATIVE);
  }

  private Ended search(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    return Child.run(PrintedSearch.class, folder, environment, options);
  }
}
