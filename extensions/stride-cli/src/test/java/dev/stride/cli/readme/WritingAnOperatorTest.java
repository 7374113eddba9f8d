package dev.stride.cli.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code in docs/writing-an-operator.md is that of the example plug-in and of the test that
 * builds it, which Maven compiles and runs.
 */
class WritingAnOperatorTest {

  private static final Document PAGE = new Document("docs/writing-an-operator.md");
  private static final Path EXTENSIONS = Path.of("..");

  @ParameterizedTest
  @ValueSource(strings = {"java", "kotlin", "xml", "properties"})
  void code_is_that_of_the_example(String language) throws IOException {
    String sources = sources();
    List<String> blocks = PAGE.blocks(language);
    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      assertThat(sources).contains(squeeze(block));
    }
  }

  @Test
  void options_and_exit_codes_are_those_of_the_command() throws Exception {
    String page = Files.readString(Path.of("..", "..", "docs", "writing-an-operator.md"));
    String command = Files.readString(Path.of("src/main/java/dev/stride/cli/CheckCommand.java"));
    for (String option : List.of("--libs", "--junit", "--operator", "--rule", "--certify")) {
      assertThat(page).contains(option);
      assertThat(command).contains('"' + option + '"');
    }
    page.lines()
        .filter(line -> line.matches("\\| \\d \\|.*"))
        .map(line -> line.replaceAll("\\| (\\d) \\| (.*) \\|", "\"$1:$2\""))
        .forEach(code -> assertThat(command).contains(code));
  }

  private static String sources() throws IOException {
    Path example = EXTENSIONS.resolve("stride-plugin-example");
    try (Stream<Path> files =
        Stream.concat(
            Stream.of(example.resolve("pom.xml")),
            Stream.concat(
                Files.walk(example.resolve("src")),
                Files.walk(EXTENSIONS.resolve("stride-archetype/src/test"))))) {
      return files
          .filter(Files::isRegularFile)
          .map(WritingAnOperatorTest::text)
          .collect(Collectors.joining(" "));
    }
  }

  private static String text(Path file) {
    try {
      return squeeze(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static String squeeze(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
