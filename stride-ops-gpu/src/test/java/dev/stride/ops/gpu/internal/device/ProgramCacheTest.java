package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {

  private static final long BUDGET = 64L << 20;

  @TempDir private Path folder;
  private DeviceDescription description;

  @BeforeEach
  void find() {
    description = TestDevices.first();
  }

  private static String multiplying(int factor) {
    return "__kernel void multiplied(__global float *x) { x[get_global_id(0)] *= " + factor + "; }";
  }

  private String key(int factor) {
    return ProgramCache.key(description, Programs.OPTIONS, multiplying(factor));
  }

  /** What a device that is opened anew, with the cache, makes of 1. */
  private double multiplied(ProgramCache cache, int factor) {
    try (ComputeDevice device = new ComputeDevice(description, BUDGET, cache)) {
      Tensor one = device.filled(Shape.of(1), DataType.FLOAT32, 1);
      DeviceStorage storage = device.storage(one);
      device.launch(
          new Launch(
              device.kernel(multiplying(factor), "multiplied"),
              "test",
              1,
              List.of(storage),
              List.of(storage)));
      double result = one.item();
      storage.release();
      return result;
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void programs_are_kept_and_taken_instead_of_compiling_again() throws IOException {
    ProgramCache cache = ProgramCache.in(folder);
    assertThat(multiplied(cache, 2)).isEqualTo(2);
    assertThat(multiplied(cache, 3)).isEqualTo(3);
    assertThat(files()).hasSize(2);

    cache.keep(key(2), cache.find(key(3)).orElseThrow());

    assertThat(multiplied(cache, 2)).as("the program that was put in its place").isEqualTo(3);
  }

  @Test
  void damaged_file_is_replaced() throws IOException {
    ProgramCache cache = ProgramCache.in(folder);
    multiplied(cache, 2);
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
    assertThat(cache.find(key(2))).isEmpty();

    assertThat(multiplied(cache, 2)).isEqualTo(2);
    assertThat(cache.find(key(2))).isPresent();
  }

  @Test
  void truncated_file_is_as_good_as_none() throws IOException {
    ProgramCache cache = ProgramCache.in(folder);
    multiplied(cache, 2);
    Files.write(files().getFirst(), new byte[7]);

    assertThat(multiplied(cache, 2)).isEqualTo(2);
  }

  @Test
  void program_that_the_driver_refuses_is_compiled_again_and_replaced() {
    ProgramCache cache = ProgramCache.in(folder);
    byte[] nonsense = "no program".getBytes(StandardCharsets.UTF_8);
    cache.keep(key(2), nonsense);

    assertThat(multiplied(cache, 2)).isEqualTo(2);
    assertThat(cache.find(key(2)).orElseThrow()).isNotEqualTo(nonsense);
  }

  @Test
  void other_drivers_options_and_sources_have_other_keys() {
    String source = multiplying(2);
    assertThat(
            List.of(
                ProgramCache.key(description, "-a", source),
                ProgramCache.key(description, "-b", source),
                ProgramCache.key(description, "-a", source + " "),
                ProgramCache.key(newer(description), "-a", source)))
        .doesNotHaveDuplicates();
  }

  private static DeviceDescription newer(DeviceDescription device) {
    return new DeviceDescription(
        device.device(),
        device.handle(),
        device.platform(),
        device.name(),
        device.platformName(),
        device.version(),
        device.driver() + ".1",
        device.kind(),
        device.computeUnits(),
        device.memoryBytes(),
        device.largestBuffer(),
        device.largestGroup(),
        device.doubles(),
        device.sharesMemory(),
        device.working());
  }

  @Test
  void cache_that_is_off_keeps_nothing() {
    ProgramCache cache = ProgramCache.of(" off ");
    multiplied(cache, 2);
    cache.keep(key(2), new byte[] {1});

    assertThat(cache.find(key(2))).isEmpty();
  }

  @Test
  void folder_that_cannot_be_written_is_no_error() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    ProgramCache cache = ProgramCache.of(file.toString());

    assertThat(multiplied(cache, 2)).isEqualTo(2);
    assertThat(cache.find(key(2))).isEmpty();
  }
}
