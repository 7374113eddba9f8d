package dev.stride.cli;

import static dev.stride.cli.plugin.PluginJar.SAMPLES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.cli.plugin.PluginJar;
import dev.stride.core.PackCertificate;
import dev.stride.core.Stride;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Checks of operators, of jars above all, by the command line. */
class CheckCommandTest {

  @TempDir private Path folder;

  private Path right() throws IOException {
    return PluginJar.square(folder.resolve("right"), "2 * v", SAMPLES).build("square.jar");
  }

  private Path wrong() throws IOException {
    return PluginJar.square(folder.resolve("wrong"), "-2 * v", SAMPLES).build("square.jar");
  }

  private Path withoutSamples() throws IOException {
    return PluginJar.square(folder.resolve("bare"), "2 * v", "").build("square.jar");
  }

  @Test
  void operator_counts_its_checks() throws IOException {
    CommandRun run = CommandRun.of("check", "multiply", "--json");
    assertThat(run.exitCode()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("operators").asInt()).isEqualTo(implementations("stride.multiply"));
    assertThat(json.get("failed").asInt()).isZero();
    assertThat(json.get("passed").asInt()).isPositive();
    assertThat(json.get("results")).hasSize(json.get("checks").asInt());
    int counted = 0;
    for (String kind : new String[] {"passed", "failed", "inconclusive", "skipped", "untested"}) {
      counted += json.get(kind).asInt();
    }
    assertThat(counted).isEqualTo(json.get("checks").asInt());
  }

  @Test
  void full_names_are_known_and_text_says_the_same() {
    CommandRun run = CommandRun.of("check", "stride.sum");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("stride.sum", implementations("stride.sum") + " operators", "0 failed");
  }

  @Test
  void device_chooses_what_computes_there() throws IOException {
    CommandRun run = CommandRun.of("check", "sum", "--device", "cpu", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.json().get("results").findValuesAsText("operator")).containsOnly("stride.sum");
    CommandRun missing = CommandRun.of("check", "sum", "--device", "opencl:7");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("opencl:7", "stride doctor");
  }

  /** One on the processor, and one on each device. */
  private static int implementations(String name) {
    try (Stride stride = Stride.create()) {
      return stride.discovery().operators(name).size();
    }
  }

  @Test
  void unknown_name_lists_what_there_is() throws IOException {
    CommandRun run = CommandRun.of("check", "multiplication", "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("\"multiplication\"", "stride.multiply", "stride.std");
    assertThat(run.json().get("error").asText()).contains("[Stride/NoOperator]");
  }

  @Test
  void name_or_all_is_needed_but_not_both() {
    assertThat(CommandRun.of("check").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("check", "sum", "--all").err()).contains("or --all");
    assertThat(CommandRun.of("check", "sum", "--libs", "lib").err()).contains("--libs is for");
  }

  @Test
  void right_jar_is_proven() throws IOException {
    CommandRun run = CommandRun.of("check", right().toString(), "--json");
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.json().get("granted").asBoolean()).isTrue();
    assertThat(run.json().get("results").findValuesAsText("operator")).containsOnly("acme.square");
  }

  @Test
  void wrong_jar_fails_and_a_seed_replays_it() throws IOException {
    Path jar = wrong();
    CommandRun run = CommandRun.of("check", jar.toString(), "--seed", "7", "--rule", "O3");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL", "O3 central-differences", "sign flipped", "seed(7L)");
    assertThat(run.out())
        .contains(
            "repeat what failed: stride check "
                + jar
                + " --operator acme.square --rule O3 --seed 7");
    CommandRun again = CommandRun.of("check", jar.toString(), "--seed", "7", "--rule", "O3");
    assertThat(again.out()).isEqualTo(run.out());
    assertThat(CommandRun.of("check", jar.toString(), "--seed", "8", "--rule", "O3").out())
        .isNotEqualTo(run.out());
  }

  @Test
  void operator_without_samples_is_untested_with_the_remedy() throws IOException {
    CommandRun run = CommandRun.of("check", withoutSamples().toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("UNTESTED", "registrar.operator(..).samples(", "not proven", "acme.square");
  }

  @Test
  void one_operator_of_a_jar_can_be_asked_for() throws IOException {
    String jar = right().toString();
    assertThat(CommandRun.of("check", jar, "--operator", "acme.square").exitCode()).isZero();
    CommandRun other = CommandRun.of("check", jar, "--operator", "acme.other");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("acme.other", "acme.square");
  }

  @Test
  void rule_is_given_by_its_number() throws IOException {
    CommandRun run = CommandRun.of("check", "sum", "--rule", "O3,o5", "--json");
    assertThat(run.json().get("results").findValuesAsText("rule")).containsOnly("O3", "O5", "O20");
    assertThat(CommandRun.of("check", "sum", "--rule", "O99").err())
        .contains("\"O99\" is no rule; expected O1 to O");
  }

  @Test
  void junit_file_has_a_suite_an_operator_and_says_what_failed() throws Exception {
    Path file = folder.resolve("results.xml");
    CommandRun run = CommandRun.of("check", wrong().toString(), "--junit", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    Document xml =
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("acme.square");
    assertThat(suite.getElementsByTagName("testcase").getLength())
        .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
    assertThat(suite.getElementsByTagName("failure").getLength())
        .isPositive()
        .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
    assertThat(suite.getTextContent()).contains("sign flipped", "repeat:");
  }

  @Test
  void junit_file_shows_what_could_not_be_tested_as_an_error() throws IOException {
    Path file = folder.resolve("results.xml");
    CommandRun.of("check", withoutSamples().toString(), "--junit", file.toString());
    assertThat(Files.readString(file))
        .contains("errors=\"1\"", "<error message=\"there is no sample");
  }

  @Test
  void certificate_is_in_the_jar_and_any_change_makes_it_void() throws IOException {
    Path jar = right();
    assertThat(certification(jar)).isEqualTo("not certified");
    CommandRun run = CommandRun.of("check", jar.toString(), "--certify", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.json().get("certified").asBoolean()).isTrue();
    assertThat(certification(jar)).startsWith("certified by testkit ");
    JsonNode report = new ObjectMapper().readTree(entry(jar, "META-INF/stride/certificate.json"));
    assertThat(report.get("packs").findValuesAsText("id")).containsExactly("acme");
    assertThat(report.get("results").findValuesAsText("rule")).contains("O3", "O20");
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path type = zip.getPath("acme/Square.class");
      byte[] bytes = Files.readAllBytes(type);
      bytes[bytes.length - 1] ^= 1;
      Files.write(type, bytes);
    }
    assertThat(PackCertificate.read(jar).orElseThrow().changes(jar))
        .containsExactly("acme/Square.class changed");
  }

  @Test
  void certificate_says_with_which_libraries_the_operators_were_proven() throws IOException {
    Path jar = right();
    Files.writeString(folder.resolve("acme-tables.jar"), "any bytes");
    CommandRun.of("check", jar.toString(), "--libs", folder.toString(), "--certify");
    JsonNode report = new ObjectMapper().readTree(entry(jar, "META-INF/stride/certificate.json"));
    assertThat(report.get("libraries").findValuesAsText("file")).contains("acme-tables.jar");
    assertThat(report.get("libraries").findValuesAsText("sha256"))
        .contains("23914a83c3c7080988b4aab957e8c1abf4a281df9cc77c7e1d43d3e81f39e94e");
  }

  @Test
  void certifying_again_replaces_the_certificate() throws IOException {
    Path jar = right();
    CommandRun.of("check", jar.toString(), "--certify");
    CommandRun again = CommandRun.of("check", jar.toString(), "--certify", "--seed", "5");
    assertThat(again.out()).contains("certified: ");
    assertThat(certification(jar)).startsWith("certified by testkit ");
    assertThat(new String(entry(jar, "META-INF/stride/certificate.json"), UTF_8))
        .contains("\"seed\" : 5");
  }

  @Test
  void what_is_not_proven_gets_no_certificate() throws IOException {
    for (Path jar : List.of(wrong(), withoutSamples())) {
      byte[] before = Files.readAllBytes(jar);
      CommandRun run = CommandRun.of("check", jar.toString(), "--certify");
      assertThat(run.exitCode()).isPositive();
      assertThat(run.out()).contains("not certified: ");
      assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }
  }

  @Test
  void certificate_is_for_a_whole_jar() throws IOException {
    String jar = right().toString();
    assertThat(CommandRun.of("check", "sum", "--certify").err()).contains("PLUGIN.jar --certify");
    assertThat(CommandRun.of("check", jar, "--certify", "--rule", "O3").exitCode()).isEqualTo(2);
  }

  private static String certification(Path jar) throws IOException {
    for (JsonNode pack : CommandRun.of("operators", jar.toString(), "--json").json().get("packs")) {
      if (pack.get("id").asText().equals("acme")) {
        return pack.get("certification").asText();
      }
    }
    throw new AssertionError("no pack acme");
  }

  private static byte[] entry(Path jar, String name) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      return Files.readAllBytes(zip.getPath(name));
    }
  }
}
