package dev.stride.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.StrideException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @TempDir Path folder;

  @Test
  void prepare_makes_the_folder_and_its_parents() throws IOException {
    Path path = folder.resolve("a/b/c");
    try (OutputFolder made = OutputFolder.prepare(path)) {
      assertThat(made.path()).isEqualTo(path);
      assertThat(path).isEmptyDirectory();
      Files.writeString(path.resolve("x"), "x");
    }
    assertThat(path.resolve("x")).exists();
  }

  @Test
  void close_removes_what_was_made_if_nothing_was_put_in() {
    OutputFolder.prepare(folder.resolve("a/b")).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void close_keeps_a_folder_that_was_there_before() throws IOException {
    Path path = Files.createDirectory(folder.resolve("old"));
    OutputFolder.prepare(path).close();
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void prepare_below_a_file_says_that_it_cannot_be_written() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    for (Path path : new Path[] {file, file.resolve("below")}) {
      assertThatThrownBy(() -> OutputFolder.prepare(path))
          .isInstanceOf(StrideException.class)
          .hasMessageContainingAll("[Stride/OutputFolder]", path.toString(), "--out");
    }
    assertThat(file).hasContent("content");
  }
}
