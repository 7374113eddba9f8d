package dev.stride.cli.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code in the README. */
final class Readme {

  private static final Pattern TYPE = Pattern.compile("\\bclass (\\w+)");

  private Readme() {}

  /** The blocks in a language, in order. */
  static List<String> blocks(String language) {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(text())
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** Writes the Java block that declares a class into a folder, as a file of that class. */
  static Path write(String type, Path folder, String packageName) throws IOException {
    String block =
        blocks("java").stream()
            .filter(text -> type.equals(declared(text)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the README has no class " + type));
    Files.createDirectories(folder);
    return Files.writeString(
        folder.resolve(type + ".java"), "package " + packageName + ";\n" + block);
  }

  private static String declared(String block) {
    return TYPE.matcher(block).results().findFirst().map(Readme::name).orElse("");
  }

  private static String name(MatchResult declaration) {
    return declaration.group(1);
  }

  private static String text() {
    Path file = Path.of("..", "..", "README.md");
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("run from the folder of stride-cli, as Maven does", e);
    }
  }
}
