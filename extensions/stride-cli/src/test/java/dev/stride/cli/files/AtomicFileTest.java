package dev.stride.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void write_replaces_the_whole_file() throws IOException {
    Path file = folder.resolve("report.json");
    Files.writeString(file, "a much longer text than the new one");
    AtomicFile.write(file, temporary -> Files.writeString(temporary, "new"));
    assertThat(file).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("report.json");
  }

  @Test
  void write_gives_the_file_the_permissions_of_any_other() throws IOException {
    Path ordinary = Files.writeString(folder.resolve("ordinary"), "text");
    Path file = folder.resolve("report.json");
    AtomicFile.write(file, temporary -> Files.writeString(temporary, "text"));
    assertThat(Files.getAttribute(file, "posix:permissions"))
        .isEqualTo(Files.getAttribute(ordinary, "posix:permissions"));
  }

  @Test
  void write_that_fails_keeps_the_old_file_and_leaves_nothing_else() throws IOException {
    Path file = folder.resolve("report.json");
    Files.writeString(file, "old");
    assertThatIOException()
        .isThrownBy(() ->
            AtomicFile.write(
                file,
                temporary -> {
                  Files.writeString(temporary, "half");
                  throw new IOException("disk full");
                }))
        .withMessage("disk full");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("report.json");
  }
}
