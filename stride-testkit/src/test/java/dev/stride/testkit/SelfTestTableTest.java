package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The documented table of what the kit catches is what it catches. With {@code
 * -Dstride.testkit.table=write} the table is written first.
 */
class SelfTestTableTest {

  private static final Path TABLE = Path.of("..", "docs", "testkit-self-test.md");
  private static final String WRITE = "write";

  @Test
  void documented_table_is_that_of_this_run() throws IOException {
    String table = table();
    if (WRITE.equals(System.getProperty("stride.testkit.table"))) {
      Files.writeString(TABLE, table);
    }
    assertThat(Files.readString(TABLE)).isEqualTo(table);
  }

  private static String table() {
    List<WrongOperators.Wrong> wrong = WrongOperators.all();
    List<RightOperators.Right> right = RightOperators.all();
    return """
    # What the testkit catches

    The testkit is tested on its own: with operators that are wrong on purpose, each of which it must reject for the rule
    that it breaks, and with awkward right ones, which it must accept. A test makes this page from a run and compares it;
    `mvn -Dquick test -pl stride-testkit -am -Dtest=SelfTestTableTest -Dsurefire.failIfNoSpecifiedTests=false
    -Dstride.testkit.table=write` writes it.

    ## %d wrong operators

    | What is wrong | Must break | Result |
    |--|--|--|
    %s

    ## %d right operators

    | What is awkward | Result | Proven by |
    |--|--|--|
    %s
    """
        .formatted(
            wrong.size(),
            wrong.stream().map(SelfTestTableTest::row).collect(Collectors.joining("\n")),
            right.size(),
            right.stream().map(SelfTestTableTest::row).collect(Collectors.joining("\n")));
  }

  private static String row(WrongOperators.Wrong wrong) {
    boolean rejected =
        wrong.report().of(wrong.breaks()).stream().anyMatch(r -> r.verdict() == Verdict.FAIL);
    return "| %s | %s | %s |"
        .formatted(wrong.name(), wrong.breaks(), rejected ? "rejected" : "NOT REJECTED");
  }

  private static String row(RightOperators.Right right) {
    Report report = right.report(GradientChecker.DEFAULT_SEED);
    String rules =
        report.results().stream()
            .filter(r -> r.rule().provesGradient() && r.verdict().isPass())
            .map(r -> r.rule().id())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s |"
        .formatted(right.name(), report.passed() ? "accepted" : "NOT ACCEPTED", rules);
  }
}
