package dev.stride.archetype;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a third party goes through: a project that knows Stride's artifacts alone is built by Maven,
 * its jar is certified from the command line, and an engine that takes certified packs only finds
 * it. Once with the example, once with a project from the archetype.
 */
class PluginIT {

  private static final long LIMIT_MINUTES = 5;
  private static final Path TARGET = Path.of("target", "plugins").toAbsolutePath();
  private static final String VERSION = System.getProperty("stride.version");
  private static Path repository;

  @BeforeAll
  static void stage() throws IOException {
    Path shared = Path.of(System.getProperty("stride.repository"));
    repository = StagedRepository.in(TARGET.resolve("repository"), shared, VERSION).folder();
  }

  @Test
  void example_builds_against_the_artifacts_and_is_certified() throws Exception {
    Path project =
        StagedRepository.copy(Path.of("..", "stride-plugin-example"), TARGET.resolve("example"));
    maven(project, "verify", "-Dstride.version=" + VERSION);
    certify(project, "acme-filters-1.0.0.jar", "acme.filters");
  }

  @Test
  void project_from_the_archetype_builds_and_is_certified() throws Exception {
    Path folder = TARGET.resolve("generated");
    StagedRepository.delete(folder);
    Files.createDirectories(folder);
    maven(
        folder,
        "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate",
        "-DarchetypeGroupId=dev.stride",
        "-DarchetypeArtifactId=stride-archetype",
        "-DarchetypeVersion=" + VERSION,
        "-DarchetypeCatalog=internal",
        "-DgroupId=org.example",
        "-DartifactId=example-blur",
        "-Dversion=0.7",
        "-Dpackage=org.example.blur",
        "-Dprefix=example");
    Path project = folder.resolve("example-blur");
    assertThat(project.resolve("src/main/kotlin/org/example/blur/Bell.kt")).isRegularFile();
    maven(project, "verify");
    certify(project, "example-blur-0.7.jar", "example.filters");
  }

  private static void certify(Path project, String name, String pack) throws Exception {
    Path jar = project.resolve("target").resolve(name);
    String libraries = project.resolve("target/lib").toString();
    String out =
        run(
            project,
            List.of(
                java(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stride.cli.Main",
                "check",
                jar.toString(),
                "--libs",
                libraries,
                "--certify"));
    assertThat(out).contains("2 operators", " 0 failed", "certified: ");
    assertThat(found(jar, libraries, pack)).isInstanceOf(Discovery.Certified.class);
  }

  private static Discovery.Certification found(Path jar, String libraries, String pack)
      throws IOException {
    List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
    try (var files = Files.list(Path.of(libraries))) {
      for (Path library : files.toList()) {
        urls.add(library.toUri().toURL());
      }
    }
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new));
        Stride stride = Stride.builder().classLoader(loader).requireCertified().build()) {
      return stride.discovery().pack(pack).orElseThrow().certification();
    }
  }

  private static void maven(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("stride.maven"), "bin", "mvn").toString());
    command.addAll(List.of("--batch-mode", "--no-transfer-progress"));
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(List.of(arguments));
    run(folder, command);
  }

  private static String run(Path folder, List<String> command) throws Exception {
    Path log = Files.createTempFile(TARGET, "run", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(command + " did not end: " + Files.readString(log, UTF_8));
    }
    String out = Files.readString(log, UTF_8);
    assertThat(process.exitValue()).as("%s%n%s", command, out).isZero();
    return out;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
