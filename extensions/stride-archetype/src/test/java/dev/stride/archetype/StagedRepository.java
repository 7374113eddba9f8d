package dev.stride.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local repository of Maven with what this build has just packaged. Everything but Stride itself
 * is linked to the repository that the build uses, so that nothing is fetched twice, and Stride's
 * artifacts never get there.
 */
final class StagedRepository {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of(
          "stride-api",
          "stride-core",
          "stride-ops-std",
          "stride-testkit",
          "extensions/stride-archetype");

  private final Path folder;
  private final String version;

  private StagedRepository(Path folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  /** Fills a folder, which is emptied first. */
  static StagedRepository in(Path folder, Path shared, String version) throws IOException {
    StagedRepository staged = new StagedRepository(folder, version);
    delete(folder);
    Path own = Files.createDirectories(folder.resolve("dev/stride"));
    staged.link(folder, shared);
    staged.link(own.getParent(), shared.resolve("dev"));
    for (String module : MODULES) {
      staged.install(ROOT.resolve(module));
    }
    return staged;
  }

  Path folder() {
    return folder;
  }

  private void link(Path into, Path from) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        Path link = into.resolve(entry.getFileName());
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, entry.toRealPath());
        }
      }
    }
  }

  private void install(Path module) throws IOException {
    String name = module.getFileName().toString();
    Path target = folder.resolve("dev/stride").resolve(name).resolve(version);
    String file = name + "-" + version;
    Path jar = built(module, file + ".jar");
    assertThat(jar).as("packaged before this test runs").isRegularFile();
    Files.createDirectories(target);
    Files.copy(jar, target.resolve(file + ".jar"));
    Files.copy(module.resolve(".flattened-pom.xml"), target.resolve(file + ".pom"));
  }

  /** A full build packages into {@code target}, a quick one below it. */
  private static Path built(Path module, String jar) {
    Path full = module.resolve("target").resolve(jar);
    return Path.of("target/quick").toFile().exists() && !Files.exists(full)
        ? module.resolve("target/quick").resolve(jar)
        : full;
  }

  /** Deletes a folder; a link in it goes, not what it leads to. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Copies a project without what was built in it. */
  static Path copy(Path project, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = project.relativize(file);
        if (!relative.startsWith("target")) {
          Path copy = to.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return to;
  }
}
