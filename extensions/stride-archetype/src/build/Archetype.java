import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the files of the archetype out of the example plug-in, so that there is one of each.
 *
 * <p>Arguments: the folder of the example, the folder to write, and the version of Stride.
 */
final class Archetype {

  private static final String PACKAGE = "com.acme.filters";
  private static final String FOLDER = PACKAGE.replace('.', '/') + "/";

  private Archetype() {}

  public static void main(String[] args) throws IOException {
    Path example = Path.of(args[0]);
    Path target = Path.of(args[1]);
    copy(example.resolve("pom.xml"), target.resolve("pom.xml"), args[2]);
    for (Path file : files(example.resolve("src"))) {
      String name = example.relativize(file).toString().replace(FOLDER, "");
      copy(file, target.resolve(name), args[2]);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void copy(Path from, Path to, String version) throws IOException {
    Files.createDirectories(to.getParent());
    Files.writeString(to, filtered(Files.readString(from), version));
  }

  /** With the properties of the archetype in place of what the example says. */
  private static String filtered(String text, String version) {
    return text.replace(PACKAGE, "${package}")
        .replace("\"acme.", "\"${prefix}.")
        .replace("<groupId>com.acme</groupId>", "<groupId>${groupId}</groupId>")
        .replace("<artifactId>acme-filters</artifactId>", "<artifactId>${artifactId}</artifactId>")
        .replace("<version>1.0.0</version>", "<version>${version}</version>")
        .replaceAll(
            "<stride.version>.*</stride.version>",
            "<stride.version>" + version + "</stride.version>");
  }
}
