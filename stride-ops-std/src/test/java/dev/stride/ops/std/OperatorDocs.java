package dev.stride.ops.std;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the sources say of each operator in their documentation comments.
 *
 * <p>An operator is documented by the comments of the elements around its name: of the constant or
 * the method that has the name, if it has a comment, and of the class.
 */
final class OperatorDocs {

  private static final Path SOURCES =
      Path.of("src", "main", "java", "dev", "stride", "ops", "std", "internal");

  private static final Pattern COMMENT =
      Pattern.compile("(?m)^( *)/\\*\\*(.*?)\\*/\\n", Pattern.DOTALL);

  private final List<Source> sources;

  private OperatorDocs(List<Source> sources) {
    this.sources = sources;
  }

  private record Source(String family, String text, List<Comment> comments) {}

  /** A comment, and from where to where the element that it documents reaches. */
  private record Comment(String text, int from, int to) {}

  /** The documentation of one operator. */
  record Doc(String family, String line, String formula, List<Shape> shapes) {}

  /** A row of the table of inputs and outputs. */
  record Shape(String port, String shape) {}

  /** Reads the sources. */
  static OperatorDocs read() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sorted =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted(Comparator.naturalOrder())
              .toList();
      List<Source> sources = new ArrayList<>();
      for (Path file : sorted) {
        String text = Files.readString(file);
        sources.add(
            new Source(SOURCES.relativize(file).getName(0).toString(), text, comments(text)));
      }
      return new OperatorDocs(sources);
    }
  }

  private static List<Comment> comments(String text) {
    List<MatchResult> found = COMMENT.matcher(text).results().toList();
    List<Comment> comments = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      MatchResult comment = found.get(i);
      int to = end(text, comment);
      for (MatchResult next : found.subList(i + 1, found.size())) {
        to = next.group(1).length() <= comment.group(1).length() ? Math.min(to, next.start()) : to;
      }
      comments.add(new Comment(comment.group(2), comment.start(), to));
    }
    return comments;
  }

  /** Where what is behind a comment closes, at its own indentation. */
  private static int end(String text, MatchResult comment) {
    Matcher close = Pattern.compile("(?m)^" + comment.group(1) + "(?:\\}.*|\\S.*;)$").matcher(text);
    return close.find(comment.end()) ? close.end() : text.length();
  }

  /** What is said of an operator of this full name. */
  Doc of(String name) {
    for (Source source : sources) {
      int place = place(source, name);
      if (place >= 0) {
        return doc(source, place);
      }
    }
    throw new AssertionError("no source names " + name);
  }

  private static int place(Source source, String name) {
    String shortName = name.substring("stride.".length());
    Optional<Integer> literal =
        Stream.of("\"" + name + "\"", "pair(\"" + shortName + "\")")
            .map(source.text()::indexOf)
            .filter(at -> at >= 0)
            .findFirst();
    if (literal.isPresent()) {
      return literal.get();
    }
    String constant = shortName.toUpperCase(Locale.ROOT).replace('-', '_');
    Matcher matcher = Pattern.compile("(?m)^  " + constant + "\\(").matcher(source.text());
    return source.family().equals("elementwise") && matcher.find() ? matcher.end() : -1;
  }

  /**
   * The innermost comment tells the line; formulas are in all, shapes in the innermost with some.
   */
  private static Doc doc(Source source, int place) {
    List<String> inside =
        source.comments().stream()
            .filter(comment -> comment.from() <= place && place <= comment.to())
            .map(comment -> plain(comment.text()))
            .toList()
            .reversed();
    return new Doc(
        source.family(),
        markdown(firstSentence(inside.getFirst())),
        inside.stream()
            .map(OperatorDocs::formula)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("<br>")),
        inside.stream()
            .map(OperatorDocs::shapes)
            .filter(rows -> !rows.isEmpty())
            .findFirst()
            .orElse(List.of()));
  }

  /** One line, without the stars. */
  private static String plain(String comment) {
    return comment.replaceAll("\\n *\\*", " ").replaceAll("\\s+", " ").strip();
  }

  private static String firstSentence(String comment) {
    String beginning = paragraphs(comment)[0];
    Matcher end = Pattern.compile("\\.(?= [A-Z]|$)").matcher(outsideCode(beginning));
    return end.find() ? beginning.substring(0, end.end()) : beginning;
  }

  /** The text in front of the table and of the tags. */
  private static String[] paragraphs(String comment) {
    return comment.split(" (?:<table>|@param|@see)", 2)[0].split(" <p>");
  }

  /** The same length, with code blanked. */
  private static String outsideCode(String text) {
    Matcher code = Pattern.compile("\\{@[^{}]*\\}").matcher(text);
    return code.replaceAll(match -> "_".repeat(match.group().length()));
  }

  /** What follows the first sentence. */
  private static String formula(String comment) {
    String[] paragraphs = paragraphs(comment);
    paragraphs[0] = paragraphs[0].substring(firstSentence(comment).length());
    return Arrays.stream(paragraphs)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(OperatorDocs::markdown)
        .collect(Collectors.joining("<br>"));
  }

  private static List<Shape> shapes(String comment) {
    List<Shape> rows = new ArrayList<>();
    Matcher row =
        Pattern.compile("<tr><td>(.*?)<td>(.*?)(?:<td>|(?= <tr>| </table>))").matcher(comment);
    while (row.find()) {
      rows.add(new Shape(markdown(row.group(1).strip()), markdown(row.group(2).strip())));
    }
    return rows;
  }

  private static String markdown(String text) {
    return text.replaceAll("\\{@code ([^{}]*)\\}", "`$1`")
        .replaceAll("\\{@link(?:plain)? [^ {}]+ ([^{}]*)\\}", "$1")
        .replaceAll("\\{@link(?:plain)? ([^ {}#]*)\\}", "`$1`")
        .replaceAll("\\{@link(?:plain)? ([^ {}#]*)#([^ {}(]*)[^{}]*\\}", "`$1.$2`")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("|", "\\|");
  }
}
