package dev.stride.cli.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/looking-inside.md prints what the page shows, times apart. */
class LookingInsideTest {

  private static final Document PAGE = new Document("docs/looking-inside.md");

  @TempDir private Path folder;

  @Test
  void program_prints_what_the_page_shows() throws Exception {
    String out = run().replaceAll("\\s+\\d+(\\.\\d+)? (ns|us|ms|s)\\b", " TIME");

    List<String> shown =
        PAGE.blocks("").stream()
            .map(text -> text.replaceAll("\\s+\\d+(\\.\\d+)? (ns|us|ms|s)\\b", " TIME"))
            .filter(text -> text.contains("TIME"))
            .toList();
    assertThat(shown).hasSize(2);
    assertThat(shown).allSatisfy(text -> assertThat(out).contains(text));
  }

  @Test
  void program_writes_graph_and_trace() throws Exception {
    run();

    assertThat(Files.readString(folder.resolve("graph.dot"))).startsWith("digraph").contains("n6");
    JsonNode graph = new ObjectMapper().readTree(folder.resolve("graph.json").toFile());
    assertThat(graph.get("nodes")).hasSize(7);
    JsonNode trace = new ObjectMapper().readTree(folder.resolve("trace.json").toFile());
    assertThat(trace)
        .filteredOn(event -> event.get("name").asText().equals("stride.acoustic-wave"))
        .hasSize(4);
  }

  private String run() throws Exception {
    Path source = PAGE.write("LookingInside", folder.resolve("inside"), "inside");
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    List<String> compile =
        List.of("-proc:none", "-cp", classPath, "-d", folder.toString(), source.toString());
    assertThat(Java.run(folder, "javac", compile)).returns(0, Java.Ended::status);
    // Without the vector module, since bytes that waves save depend on the width of the vector
    // unit.
    Java.Ended ended =
        Java.run(
            folder, "java", List.of("-cp", classPath, "inside.LookingInside", folder.toString()));
    assertThat(ended).returns(0, Java.Ended::status);
    return ended.out();
  }
}
