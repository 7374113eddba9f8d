package dev.stride.core.internal.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Watches which classes a JVM of its own loads. */
class GuiceOnDemandTest {

  private static final String GUICE = "com.google.";

  @Test
  void pack_of_suppliers_loads_no_class_of_guice() throws Exception {
    List<String> loaded = loaded("plain");
    assertThat(loaded).anyMatch(line -> line.contains(GuiceProbe.class.getName()));
    assertThat(loaded).noneMatch(line -> line.contains(GUICE));
  }

  @Test
  void pack_of_classes_loads_hundreds() throws Exception {
    assertThat(loaded("injected").stream().filter(line -> line.contains(GUICE)))
        .hasSizeGreaterThan(500);
  }

  private static List<String> loaded(String pack) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                path(),
                GuiceProbe.class.getName(),
                pack)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  /** Everything that the tests see, as a class path. */
  private static String path() {
    Path tests =
        Path.of(GuiceProbe.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return Stream.of(
            System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path"))
        .collect(Collectors.joining(File.pathSeparator, tests + File.pathSeparator, ""));
  }
}
