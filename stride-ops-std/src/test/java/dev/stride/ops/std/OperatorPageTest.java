package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Operator;
import dev.stride.api.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of all operators says what their documentation comments say. With {@code
 * -Dstride.operators.page=write} it is written first.
 */
class OperatorPageTest {

  private static final Path PAGE = Path.of("..", "docs", "operators.md");
  private static final String WRITE = "write";

  private static final Map<String, String> FAMILIES = families();

  private static Map<String, String> families() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("elementwise", "Functions of each element");
    titles.put("reduction", "Reductions");
    titles.put("shape", "Shape and order");
    titles.put("linalg", "Linear algebra");
    titles.put("sparse", "Sparse matrices");
    titles.put("signal", "Signals");
    titles.put("space", "Fields on grids");
    titles.put("loss", "Losses and regularisers");
    titles.put("wave", "Wave propagation");
    return titles;
  }

  @Test
  void page_is_that_of_this_pack() throws IOException {
    String page = page();
    if (WRITE.equals(System.getProperty("stride.operators.page"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void every_operator_has_a_line_a_formula_and_shapes() throws IOException {
    OperatorDocs docs = OperatorDocs.read();
    for (Operator<?> operator : RegisteredOperators.ofStandardPack().keySet()) {
      OperatorDocs.Doc doc = docs.of(operator.name());
      assertThat(doc.line()).as(operator.name()).isNotBlank();
      assertThat(doc.formula()).as(operator.name()).contains("adjoint");
      assertThat(words(doc)).as(operator.name()).containsAll(ports(operator));
    }
  }

  /** The words in the first column of the table of inputs and outputs. */
  private static List<String> words(OperatorDocs.Doc doc) {
    return doc.shapes().stream()
        .flatMap(shape -> Arrays.stream(shape.port().split("[^A-Za-z]+")))
        .toList();
  }

  private static List<String> ports(Operator<?> operator) {
    return Stream.of(operator.signature().inputs(), operator.signature().outputs())
        .flatMap(List::stream)
        .map(Port::name)
        .toList();
  }

  private record Row(String family, String text) {}

  private static String page() throws IOException {
    OperatorDocs docs = OperatorDocs.read();
    List<Row> rows = new ArrayList<>();
    for (Operator<?> operator : RegisteredOperators.ofStandardPack().keySet()) {
      OperatorDocs.Doc doc = docs.of(operator.name());
      rows.add(new Row(family(operator, doc), row(operator.name(), doc)));
    }
    StringBuilder page = new StringBuilder(introduction(rows.size()));
    FAMILIES.forEach((family, title) -> page.append(table(family, title, rows)));
    return page.toString();
  }

  /** Losses that need differences along axes live with those. */
  private static String family(Operator<?> operator, OperatorDocs.Doc doc) {
    return operator.signature().outputs().getFirst().name().equals("loss") ? "loss" : doc.family();
  }

  private static String introduction(int count) {
    return """
    # The standard operators

    The %d operators of `stride-ops-std`, by family. All take float32 and float64. Every one has an exact adjoint, proven by the
    testkit at the samples that it is registered with (`./stride check --all` runs them), and values that agree with NumPy and
    SciPy to 1e-12 in float64 and 1e-5 in float32. `g` is the cotangent; an optional port may be left out, an auxiliary one has
    no gradient. `./stride operators` lists what is installed, from other packs too.

    A test makes this page from the documentation comments of the operators and compares it; `mvn -Dquick test -pl
    stride-ops-std -am -Dtest=OperatorPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dstride.operators.page=write` writes it.
    """
        .formatted(count);
  }

  private static String table(String family, String title, List<Row> rows) {
    String inside =
        rows.stream()
            .filter(row -> row.family().equals(family))
            .map(Row::text)
            .collect(Collectors.joining("\n"));
    return """

    ## %s

    | Operator | What it does | Formula and adjoint | Shapes |
    |--|--|--|--|
    %s
    """
        .formatted(title, inside);
  }

  private static String row(String name, OperatorDocs.Doc doc) {
    String shapes =
        doc.shapes().stream()
            .map(shape -> "**" + shape.port() + "**: " + shape.shape())
            .collect(Collectors.joining("<br>"));
    return "| `%s` | %s | %s | %s |".formatted(name, doc.line(), doc.formula(), shapes);
  }
}
