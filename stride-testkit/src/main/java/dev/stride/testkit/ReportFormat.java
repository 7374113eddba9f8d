package dev.stride.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** How reports are written for people and for machines. All contain every result. */
public enum ReportFormat {
  /** Lines for people: a summary an operator, and every result below it. */
  TEXT {
    @Override
    public String write(List<Report> reports) {
      return reports.stream().map(report -> report + "\n").collect(Collectors.joining());
    }
  },
  /**
   * The XML that build servers read: a test suite an operator, a test case a result. Checks that
   * could not be made are errors; those that could not tell or do not apply are skipped tests.
   */
  JUNIT_XML {
    @Override
    public String write(List<Report> reports) {
      return JunitXml.of(reports);
    }
  },
  /** One JSON document: the seed, and per operator its counts and results with all figures. */
  JSON {
    @Override
    public String write(List<Report> reports) {
      return ReportJson.of(reports);
    }
  };

  /** One document of these reports, in their order. */
  public abstract String write(List<Report> reports);

  /** One document of one report. */
  public String write(Report report) {
    return write(List.of(report));
  }
}
