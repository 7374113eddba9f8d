package dev.stride.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a graph holds, operator by operator. Immutable. */
final class GraphSummary {

  private static final String LEAVES = "(leaves)";

  private final List<Row> rows;
  private final Row total;

  private GraphSummary(List<Row> rows, Row total) {
    this.rows = rows;
    this.total = total;
  }

  private record Row(String name, long nodes, long saved, long kept, Duration elapsed) {

    static Row of(Node node) {
      Node.Details details = node.details();
      Operator<?> operator = node.operator();
      String name = operator == null ? LEAVES : operator.name();
      return new Row(name, 1, details.savedBytes(), details.keptBytes(), details.elapsed());
    }

    Row plus(Row more) {
      return new Row(
          name,
          nodes + more.nodes,
          saved + more.saved,
          kept + more.kept,
          elapsed.plus(more.elapsed));
    }

    String line(int width) {
      return String.format(
          Locale.ROOT,
          "%-" + width + "s %,12d %12s %12s %12s\n",
          name,
          nodes,
          Quantity.bytes(saved),
          Quantity.bytes(kept),
          Quantity.time(elapsed));
    }
  }

  static GraphSummary of(List<Node> nodes) {
    Map<String, Row> byName = new HashMap<>();
    Row total = new Row("total", 0, 0, 0, Duration.ZERO);
    for (Node node : nodes) {
      Row row = Row.of(node);
      byName.merge(row.name(), row, Row::plus);
      total = total.plus(row);
    }
    List<Row> rows = new ArrayList<>(byName.values());
    rows.sort(
        Comparator.comparingLong((Row row) -> row.saved() + row.kept())
            .thenComparingLong(Row::nodes)
            .reversed()
            .thenComparing(Row::name));
    return new GraphSummary(rows, total);
  }

  /** One line an operator, and the total. */
  String text() {
    int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    width = Math.max(width, "operator".length());
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-" + width + "s %12s %12s %12s %12s\n",
            "operator",
            "calls",
            "saved",
            "kept",
            "time"));
    for (Row row : rows) {
      text.append(row.line(width));
    }
    return text.append(total.line(width)).toString();
  }
}
