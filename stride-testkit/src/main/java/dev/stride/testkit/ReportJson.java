package dev.stride.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports as maps and lists, and these as JSON. */
final class ReportJson {

  private ReportJson() {}

  static String of(List<Report> reports) {
    return text(reports.stream().map(ReportJson::report).toList(), "\n") + "\n";
  }

  private static Map<String, Object> report(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operator", report.operator());
    json.put("seed", report.seed());
    json.put("passed", report.passed());
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict.toString(), report.count(verdict));
    }
    json.put("counts", counts);
    json.put("results", report.results().stream().map(ReportJson::result).toList());
    return json;
  }

  private static Map<String, Object> result(CheckResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sample", result.sample());
    json.put("type", result.type().toString());
    json.put("rule", result.rule().id());
    json.put("check", result.rule().text());
    json.put("verdict", result.verdict().toString());
    json.put("message", result.message());
    json.put("figures", result.figures());
    json.put("ports", result.ports().stream().map(ReportJson::port).toList());
    json.put("seconds", result.elapsed().toNanos() * 1e-9);
    json.put("repeat", result.reproduce());
    return json;
  }

  private static Map<String, Object> port(PortFigures port) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", port.input());
    json.put("output", port.output());
    json.put("error", port.error());
    json.put("factor", port.factor());
    json.put("left", port.fit());
    json.put("worst", port.worst());
    json.put("diagnosis", port.diagnosis());
    return json;
  }

  private static String text(Object value, String line) {
    String inner = line + "  ";
    return switch (value) {
      case Map<?, ?> map when map.isEmpty() -> "{}";
      case List<?> list when list.isEmpty() -> "[]";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> inner + quoted(e.getKey().toString()) + ": " + text(e.getValue(), inner))
              .collect(Collectors.joining(",", "{", line + "}"));
      case List<?> list ->
          list.stream()
              .map(element -> inner + text(element, inner))
              .collect(Collectors.joining(",", "[", line + "]"));
      case Double number when !Double.isFinite(number) -> quoted(number.toString());
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        default -> quoted.append(c < ' ' ? String.format("\\u%04x", (int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }
}
