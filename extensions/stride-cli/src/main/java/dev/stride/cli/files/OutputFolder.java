package dev.stride.cli.files;

import dev.stride.api.StrideException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * A folder for results, checked before the work starts. Closing it removes what was made of the
 * path if nothing has been put in.
 */
public final class OutputFolder implements AutoCloseable {

  private final Path path;
  private final Deque<Path> made;

  private OutputFolder(Path path, Deque<Path> made) {
    this.path = path;
    this.made = made;
  }

  /**
   * Makes the folder, with its parents, if it is not there, and checks that files can be written.
   *
   * @throws StrideException with the id {@code OutputFolder} if not
   */
  public static OutputFolder prepare(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    OutputFolder folder = new OutputFolder(path, missing(absolute));
    try {
      Files.createDirectories(absolute);
      Files.delete(Files.createTempFile(absolute, ".stride", ".part"));
    } catch (IOException failure) {
      folder.close();
      throw new StrideException(
          "OutputFolder",
          path
              + ": results cannot be written there: "
              + failure.getClass().getSimpleName()
              + " "
              + failure.getMessage()
              + ". Give --out a folder that you may write to.",
          failure);
    }
    return folder;
  }

  private static Deque<Path> missing(Path path) {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = path; at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  /** The folder, as it was given. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      for (Path folder : made) {
        if (!Files.isDirectory(folder) || !isEmpty(folder)) {
          return;
        }
        Files.delete(folder);
      }
    } catch (IOException kept) {
      // Somebody else uses it now: it stays.
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }
}
