import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Formats the Java sources of this repository with google-java-format, or checks them. The build
 * runs it on JDK 25, as a source file: Maven itself may run on an older one, which the formatter
 * does not support.
 *
 * <p>Arguments: {@code check} or {@code write}, then the folder to walk.
 */
final class Format {

  private static final Set<String> SKIPPED = Set.of("target", "build", ".git");

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    List<Path> sources = sources(Path.of(args[1]));
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no Java sources under " + args[1]);
    }
    List<Path> changed = sources.parallelStream().filter(file -> differs(file, write)).toList();
    changed.forEach(file -> System.err.println((write ? "Formatted " : "Not formatted: ") + file));
    if (!write && !changed.isEmpty()) {
      System.err.println("Run `mvn -N -Pformat process-sources` to format.");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && SKIPPED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean differs(Path file, boolean write) {
    try {
      String text = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(text);
      if (text.equals(formatted)) {
        return false;
      }
      if (write) {
        Files.writeString(file, formatted);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
