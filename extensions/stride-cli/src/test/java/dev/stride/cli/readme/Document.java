package dev.stride.cli.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The code in a document of the project.
 *
 * @param name from the root of the project
 */
record Document(String name) {

  static final Document README = new Document("README.md");

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("\\bclass (\\w+)");

  /** The blocks in a language, in order; those of none for an empty name. */
  List<String> blocks(String language) {
    return BLOCK
        .matcher(text())
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** Writes the Java block that declares a class into a folder, as a file of that class. */
  Path write(String type, Path folder, String packageName) throws IOException {
    String block =
        blocks("java").stream()
            .filter(text -> type.equals(declared(text)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(name + " has no class " + type));
    Files.createDirectories(folder);
    return Files.writeString(
        folder.resolve(type + ".java"), "package " + packageName + ";\n" + block);
  }

  private static String declared(String block) {
    return TYPE.matcher(block).results().findFirst().map(Document::type).orElse("");
  }

  private static String type(MatchResult declaration) {
    return declaration.group(1);
  }

  private String text() {
    Path file = Path.of("..", "..", name);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("run from the folder of stride-cli, as Maven does", e);
    }
  }
}
