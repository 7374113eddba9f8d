package dev.stride.cli.readme;

import static dev.stride.cli.readme.Document.README;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

  @TempDir private Path folder;

  @Test
  void hello_prints_what_it_says() throws Exception {
    Path source = README.write("Hello", folder.resolve("hello"), "hello");
    compile(source);

    Java.Ended ended =
        Java.run(
            folder,
            "java",
            List.of("--add-modules", "jdk.incubator.vector", "-cp", classPath(), "hello.Hello"));

    assertThat(ended).returns(0, Java.Ended::status);
    assertThat(Files.readString(source)).contains("// " + ended.out().strip());
  }

  @Test
  void operator_and_its_test_compile() throws Exception {
    compile(
        README.write("Softplus", folder.resolve("acme"), "acme"),
        README.write("SoftplusTest", folder.resolve("acme"), "acme"));
  }

  @Test
  void kotlin_is_what_the_kotlin_test_runs() throws IOException {
    String tested =
        Files.readString(Path.of("src/test/kotlin/dev/stride/kotlin/KotlinApplicationTest.kt"));

    // The test goes on before it closes the engine.
    String shown = README.blocks("kotlin").getFirst().replaceAll("}\\s*$", "");
    assertThat(squeeze(tested)).contains(squeeze(shown));
  }

  private static String squeeze(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  private void compile(Path... sources) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-Xlint:all", "-proc:none", "-cp", classPath(), "-d", folder.toString()));
    Stream.of(sources).map(Path::toString).forEach(arguments::add);
    assertThat(Java.run(folder, "javac", arguments)).returns(0, Java.Ended::status);
  }

  private String classPath() {
    return folder + File.pathSeparator + System.getProperty("java.class.path");
  }
}
