package dev.stride.cli.readme;

import static dev.stride.cli.readme.Document.README;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the packaged jars with {@code java} itself, on the module path and on the class path: the
 * test runner would hide a wrong module descriptor.
 */
class PackagedJarsIT {

  /** All that an application with the standard pack needs; nothing may creep in. */
  private static final List<String> NEEDED =
      List.of(
          "stride-api-",
          "stride-core-",
          "stride-ops-std-",
          "blas-",
          "lapack-",
          "arpack_combined_all-",
          "guice-",
          "guava-",
          "failureaccess-",
          "aopalliance-",
          "jakarta.inject-api-",
          "jspecify-",
          "slf4j-api-");

  private static final String GRADIENT = "Tensor[3] float32 {2.0, 4.0, 6.0}\n";

  @TempDir private Path folder;
  private Path app;
  private List<Path> jars;

  @BeforeEach
  void find_jars() throws IOException {
    app = Path.of(System.getProperty("stride.app"));
    try (Stream<Path> files = Files.list(app)) {
      jars = files.filter(PackagedJarsIT::isNeeded).toList();
    }
    assertThat(jars).hasSize(NEEDED.size());
  }

  private static boolean isNeeded(Path jar) {
    return NEEDED.stream().anyMatch(name -> jar.getFileName().toString().startsWith(name));
  }

  @Test
  void hello_runs_on_the_module_path() throws Exception {
    Path module = compileModule();

    Java.Ended ended = java("-p", path(module), "-m", "hello/hello.Hello");

    assertThat(ended).returns(0, Java.Ended::status).returns(GRADIENT, Java.Ended::out);
  }

  @Test
  void hello_runs_on_the_module_path_with_the_vector_module() throws Exception {
    Path module = compileModule();

    Java.Ended ended =
        java(
            "--add-modules", "jdk.incubator.vector", "-p", path(module), "-m", "hello/hello.Hello");

    assertThat(ended).returns(0, Java.Ended::status).returns(GRADIENT, Java.Ended::out);
  }

  @Test
  void hello_runs_on_the_class_path() throws Exception {
    Path source = README.write("Hello", folder.resolve("src/hello"), "hello");
    Path classes = folder.resolve("classes");
    compile("-cp", Java.path(jars), "-d", classes.toString(), source.toString());

    Java.Ended ended = java("-cp", path(classes), "hello.Hello");

    assertThat(ended).returns(0, Java.Ended::status).returns(GRADIENT, Java.Ended::out);
  }

  @Test
  void every_module_resolves_with_all_that_it_requires() throws Exception {
    String modules =
        String.join(
            ",",
            List.of(
                "dev.stride.api",
                "dev.stride.core",
                "dev.stride.ops.std",
                "dev.stride.ops.gpu",
                "dev.stride.testkit",
                "dev.stride.optim",
                "dev.stride.cli"));

    Java.Ended ended = java("-p", app.toString(), "--add-modules", modules, "--list-modules");

    assertThat(ended).returns(0, Java.Ended::status);
    assertThat(ended.out()).contains(modules.split(","));
  }

  private Path compileModule() throws Exception {
    Path source = README.write("Hello", folder.resolve("src/hello"), "hello");
    Path descriptor =
        Files.writeString(
            folder.resolve("src/module-info.java"), "module hello { requires dev.stride.core; }");
    Path module = folder.resolve("hello");
    compile(
        "-p", Java.path(jars), "-d", module.toString(), descriptor.toString(), source.toString());
    return module;
  }

  private void compile(String... arguments) throws Exception {
    assertThat(Java.run(folder, "javac", List.of(arguments))).returns(0, Java.Ended::status);
  }

  private Java.Ended java(String... arguments) throws Exception {
    return Java.run(folder, "java", List.of(arguments));
  }

  private String path(Path own) {
    return Java.path(Stream.concat(Stream.of(own), jars.stream()).toList());
  }
}
