package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Phase;
import dev.stride.api.Tensor;
import dev.stride.testkit.fakes.FailingOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules, checks and the written contract are the same list. */
class RuleTest {

  private static final Path CONTRACT = Path.of("..", "docs", "operator-contract.md");

  @Test
  void every_rule_stands_in_the_written_contract_in_order() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| \\*\\*(O\\d+ [a-z0-9-]+)\\*\\* \\|")
            .matcher(Files.readString(CONTRACT));
    List<String> written = new ArrayList<>();
    while (rows.find()) {
      written.add(rows.group(1));
    }
    assertThat(written)
        .containsExactly(
            EnumSet.allOf(Rule.class).stream().map(Rule::toString).toArray(String[]::new));
  }

  @Test
  void thirty_checks_are_mapped_to_rules_that_exist() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|$")
            .matcher(Files.readString(CONTRACT));
    List<String> ids = EnumSet.allOf(Rule.class).stream().map(Rule::id).toList();
    List<Integer> numbers = new ArrayList<>();
    while (rows.find()) {
      numbers.add(Integer.valueOf(rows.group(1)));
      Matcher rules = Pattern.compile("O\\d+").matcher(rows.group(2));
      rules.results().forEach(rule -> assertThat(ids).contains(rule.group()));
    }
    assertThat(numbers).isEqualTo(java.util.stream.IntStream.rangeClosed(1, 30).boxed().toList());
  }

  @Test
  void every_rule_has_a_check() {
    Report report =
        GradientChecker.of(FailingOperator.in(Phase.FORWARD, 0)).at(Tensor.random(3)).run();
    Set<Rule> checked = EnumSet.noneOf(Rule.class);
    report.results().forEach(result -> checked.add(result.rule()));
    assertThat(checked).isEqualTo(EnumSet.allOf(Rule.class));
  }

  @Test
  void every_rule_is_broken_by_a_wrong_operator() {
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    WrongOperators.all().forEach(wrong -> broken.add(wrong.breaks()));
    // Slow adjoints are warned of, and never fail.
    assertThat(broken).isEqualTo(EnumSet.complementOf(EnumSet.of(Rule.SPEED)));
  }
}
