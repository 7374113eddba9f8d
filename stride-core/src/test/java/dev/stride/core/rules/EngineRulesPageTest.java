package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of rules names tests that exist, in whichever module, and leaves no rule out. */
class EngineRulesPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs").resolve("engine-rules.md");
  private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]?\\d+) \\| (.+) \\| (.*) \\|$");
  private static final Pattern REFERENCE = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|TestFactory)\\b.*?\\s(\\w+)\\([^(]*?\\)[^;(]*?\\{",
          Pattern.DOTALL);

  @Test
  void every_rule_and_every_fault_has_a_row_with_tests() throws IOException {
    Map<String, List<String>> rows = rows();
    assertThat(rows).containsKeys(numbered("E", 25)).containsKeys(numbered("", 39));
    assertThat(rows.values()).allSatisfy(tests -> assertThat(tests).isNotEmpty());
  }

  private static String[] numbered(String prefix, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(n -> prefix + n).toArray(String[]::new);
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    Map<String, List<String>> known = testsByClass();
    List<String> missing =
        rows().values().stream()
            .flatMap(List::stream)
            .filter(test -> !exists(test, known))
            .toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void test_that_does_not_exist_is_missed() throws IOException {
    Map<String, List<String>> known = testsByClass();
    assertThat(exists("EngineRulesPageTest.test_that_does_not_exist_is_missed", known)).isTrue();
    assertThat(exists("EngineRulesPageTest.numbered", known)).as("no test").isFalse();
    assertThat(exists("NoSuchTest.whatever", known)).isFalse();
  }

  private static boolean exists(String test, Map<String, List<String>> known) {
    int dot = test.indexOf('.');
    List<String> methods = known.getOrDefault(test.substring(0, dot), List.of());
    return methods.contains(test.substring(dot + 1));
  }

  /** The tests of each row, by the number of its rule. */
  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> before = rows.put(row.group(1), references(row.group(3)));
        assertThat(before).as("rows of %s before the last", row.group(1)).isNull();
      }
    }
    return rows;
  }

  private static List<String> references(String cell) {
    return REFERENCE.matcher(cell).results().map(r -> r.group(1) + "." + r.group(2)).toList();
  }

  private static Map<String, List<String>> testsByClass() throws IOException {
    Map<String, List<String>> tests = new TreeMap<>();
    for (Path source : testSources()) {
      String name = source.getFileName().toString().replace(".java", "");
      List<String> methods =
          TEST.matcher(Files.readString(source)).results().map(result -> name(result)).toList();
      tests.computeIfAbsent(name, key -> new ArrayList<>()).addAll(methods);
    }
    return tests;
  }

  private static String name(MatchResult result) {
    return Optional.ofNullable(result.group(1)).orElseThrow();
  }

  private static List<Path> testSources() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path parent : List.of(ROOT, ROOT.resolve("extensions"))) {
      for (Path module : list(parent)) {
        Path sources = module.resolve("src").resolve("test").resolve("java");
        if (Files.isDirectory(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
          }
        }
      }
    }
    return found;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
