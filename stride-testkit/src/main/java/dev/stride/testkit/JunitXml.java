package dev.stride.testkit;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Reports as JUnit XML. State of one document. */
final class JunitXml {

  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(List<Report> reports) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JunitXml(xml).write(reports);
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("a report cannot be written as XML", impossible);
    }
    return text.append('\n').toString();
  }

  private void write(List<Report> reports) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    start("testsuites");
    for (Report report : reports) {
      suite(report);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void suite(Report report) throws XMLStreamException {
    start("testsuite");
    attribute("name", report.operator());
    attribute("tests", "" + report.results().size());
    attribute("failures", "" + report.count(Verdict.FAIL));
    attribute("errors", "" + report.count(Verdict.UNTESTED));
    attribute("skipped", "" + (report.count(Verdict.INCONCLUSIVE) + report.count(Verdict.SKIPPED)));
    Duration sum =
        report.results().stream().map(CheckResult::elapsed).reduce(Duration.ZERO, Duration::plus);
    attribute("time", seconds(sum));
    start("properties");
    start("property");
    attribute("name", "seed");
    attribute("value", "" + report.seed());
    xml.writeEndElement();
    xml.writeEndElement();
    for (CheckResult result : report.results()) {
      test(result);
    }
    xml.writeEndElement();
  }

  private void test(CheckResult result) throws XMLStreamException {
    start("testcase");
    attribute("classname", result.operator());
    attribute("name", result.rule() + " at " + result.sample() + " in " + result.type());
    attribute("time", seconds(result.elapsed()));
    switch (result.verdict()) {
      case PASS, LINEAR_EXACT -> {}
      case FAIL -> problem("failure", result);
      case UNTESTED -> problem("error", result);
      case INCONCLUSIVE, SKIPPED -> {
        start("skipped");
        attribute("message", result.verdict() + ": " + result.message());
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private void problem(String element, CheckResult result) throws XMLStreamException {
    start(element);
    attribute("message", result.message());
    attribute("type", result.rule().toString());
    xml.writeCharacters(valid(result.toString()));
    xml.writeEndElement();
  }

  private void start(String element) throws XMLStreamException {
    xml.writeStartElement(element);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, valid(value));
  }

  /** Without the control characters that XML cannot hold. */
  private static String valid(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "?");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.6f", duration.toNanos() * 1e-9);
  }
}
