package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportFormatTest {

  private static final Report REPORT =
      new Report(
          "acme.softplus",
          7,
          List.of(
              result(Rule.DIFFERENCES, Verdict.FAIL, "\"off\" by <2>\n& \u0001 more"),
              result(Rule.TAYLOR, Verdict.LINEAR_EXACT, ""),
              result(Rule.JACOBIAN, Verdict.SKIPPED, "too many entries"),
              result(Rule.KINKS, Verdict.INCONCLUSIVE, "a kink"),
              result(Rule.PROOF, Verdict.UNTESTED, "no coordinates")));

  private static CheckResult result(Rule rule, Verdict verdict, String message) {
    return new CheckResult(
        "acme.softplus",
        "[4]",
        DataType.FLOAT64,
        rule,
        verdict,
        message,
        Map.of("error", Double.NaN),
        List.of(new PortFigures("x", "y", 0.5, -1, 1e-17, 3)),
        7,
        Duration.ofMillis(1500));
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void xml_is_a_suite_an_operator_and_a_case_a_result() throws Exception {
    Document xml = parsed(REPORT.format(ReportFormat.JUNIT_XML));
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("acme.softplus");
    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("2");
    assertThat(suite.getAttribute("time")).isEqualTo("7.500000");
    Element test = (Element) xml.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("name")).isEqualTo("O3 central-differences at [4] in float64");
    Element failure = (Element) test.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).contains("\"off\" by <2>").contains("& ? more");
    assertThat(failure.getTextContent()).contains("sign flipped").contains("seed(7L)");
  }

  @Test
  void xml_shows_what_could_not_be_tested_as_an_error() throws Exception {
    Document xml = parsed(REPORT.format(ReportFormat.JUNIT_XML));
    assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
    Element error = (Element) xml.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message")).isEqualTo("no coordinates");
    assertThat(error.getAttribute("type")).isEqualTo("O20 proof");
    assertThat(error.getTextContent()).startsWith("UNTESTED");
  }

  @Test
  void json_escapes_text_and_writes_numbers_that_it_cannot_hold_as_text() {
    assertThat(REPORT.format(ReportFormat.JSON))
        .contains("\"operator\": \"acme.softplus\"")
        .contains("\"verdict\": \"LINEAR-EXACT\"")
        .contains("\\\"off\\\" by <2>\\n& \\u0001 more")
        .contains("\"error\": \"NaN\"")
        .contains("\"diagnosis\": \"sign flipped\"")
        .contains("\"FAIL\": 1");
  }

  @Test
  void text_has_a_summary_and_every_result() {
    assertThat(ReportFormat.TEXT.write(List.of(REPORT, REPORT)))
        .containsSubsequence("5 checks, 1 passed, 1 failed", "O3", "O7", "O4", "5 checks", "O3");
  }
}
