package dev.stride.ops.std;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Values of operators as an independent library computes them, written by a script in {@code
 * src/test/reference} to a file in {@code src/test/resources/reference}.
 *
 * @param header names the script and the versions of the libraries
 * @param eachElement whether errors are relative to each element; otherwise to the largest one
 */
record ReferenceTable(String family, String header, boolean eachElement, List<Case> cases) {

  ReferenceTable {
    cases = List.copyOf(cases);
  }

  /**
   * One call.
   *
   * @param arguments by port
   * @param outputs by port
   */
  record Case(
      int line, String operator, Map<String, Object> arguments, Map<String, Object> outputs) {

    /** The arguments with tensors of a type. */
    Arguments in(DataType type) {
      Arguments all = Arguments.of();
      for (Map.Entry<String, Object> argument : arguments.entrySet()) {
        all = all.with(argument.getKey(), cast(argument.getValue(), type));
      }
      return all;
    }

    private static Object cast(Object value, DataType type) {
      if (value instanceof Tensor tensor) {
        return tensor.cast(type);
      }
      return value instanceof List<?> list
          ? list.stream().map(item -> cast(item, type)).toList()
          : value;
    }
  }

  /** All tables, in the order of their names. */
  static List<ReferenceTable> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().map(ReferenceTable::read).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path folder() {
    try {
      return Path.of(
          Objects.requireNonNull(ReferenceTable.class.getResource("/reference")).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ReferenceTable read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<Case> cases = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        cases.add(parsed(i + 1, lines.get(i)));
      }
      String header = lines.getFirst();
      boolean each = header.endsWith("relative to each element");
      return new ReferenceTable(
          file.getFileName().toString().replace(".txt", ""), header, each, cases);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Case parsed(int line, String text) {
    List<String> fields = Arrays.asList(text.split(" \\| ", -1));
    int arrow = fields.indexOf("->");
    return new Case(
        line,
        fields.getFirst(),
        ports(fields.subList(1, arrow)),
        ports(fields.subList(arrow + 1, fields.size())));
  }

  private static Map<String, Object> ports(List<String> fields) {
    Map<String, Object> ports = new LinkedHashMap<>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      ports.put(field.substring(0, equals), value(field.substring(equals + 1)));
    }
    return ports;
  }

  private static Object value(String text) {
    String inside = text.substring(1, Math.max(1, text.length() - 1));
    return switch (text.charAt(0)) {
      case '[' -> tensor(text);
      case '<' -> shape(inside);
      case '(' -> items(inside, ", ").map(ReferenceTable::number).toList();
      case '{' -> items(inside, "; ").map(ReferenceTable::tensor).toList();
      case '\'' -> inside;
      case 't', 'f' -> Boolean.valueOf(text);
      default -> number(text);
    };
  }

  private static Stream<String> items(String text, String separator) {
    return text.isEmpty() ? Stream.empty() : Stream.of(text.split(separator, -1));
  }

  private static Shape shape(String text) {
    return Shape.of(items(text, ",").mapToInt(Integer::parseInt).toArray());
  }

  private static Tensor tensor(String text) {
    int end = text.indexOf("]:");
    double[] values = items(text.substring(end + 2), " ").mapToDouble(Double::valueOf).toArray();
    return Tensor.of(shape(text.substring(1, end)), values);
  }

  private static Number number(String text) {
    return text.matches("-?[0-9]+") ? (Number) Integer.valueOf(text) : Double.valueOf(text);
  }
}
