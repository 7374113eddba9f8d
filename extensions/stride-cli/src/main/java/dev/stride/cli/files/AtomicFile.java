package dev.stride.cli.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and moves it there when it is whole. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes a whole file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes to a path.
     *
     * @param temporary a file that exists, is empty, and is moved to its place afterwards
     */
    void writeTo(Path temporary) throws IOException;
  }

  /**
   * Replaces a file by new content. If the content cannot be written, the old file stays as it was
   * and nothing new is left behind.
   *
   * @throws IOException if the content or the folder cannot be written
   */
  public static void write(Path target, Content content) throws IOException {
    // Not Files.createTempFile, whose files others may not read.
    Path temporary =
        Files.createFile(
            target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part"));
    try {
      content.writeTo(temporary);
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
