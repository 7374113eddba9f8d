package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StencilSourceTest {

  private static final Path SOURCES = Path.of("src/main/java");

  static Stream<StencilSource> sources() {
    return StencilSource.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void committed_kernels_are_what_the_generator_writes(StencilSource source) throws IOException {
    String committed = Files.readString(source.path(SOURCES));
    assertThat(withoutLayout(committed)).isEqualTo(withoutLayout(source.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VectorKernels", "ScalarKernels"})
  void float64_kernels_mirror_the_float32_ones(String name) throws IOException {
    Path folder = SOURCES.resolve("dev/stride/ops/std/internal/wave");
    String single = Files.readString(folder.resolve("Float" + name + ".java"));
    String twofold = Files.readString(folder.resolve("Double" + name + ".java"));
    String expected =
        single.replace("Float", "Double").replace("float", "double").replace("LANES=8", "LANES=4");
    assertThat(withoutLayout(twofold))
        .isEqualTo(withoutLayout(expected.replace("LANES = 8", "LANES = 4")));
  }

  @Test
  void generator_covers_both_types_in_both_dimensions() {
    assertThat(StencilSource.ALL).hasSize(4);
  }

  /** The formatter breaks lines and comments at its own places. */
  private static String withoutLayout(String text) {
    return text.replaceAll("[\\s*]", "");
  }
}
