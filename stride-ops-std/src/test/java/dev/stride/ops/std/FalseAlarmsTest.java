package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.CheckResult;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Report;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The testkit raises no alarm at right operators, whatever the seed: every standard operator once a
 * seed, at one of its samples. {@code -Dstride.testkit.runs=1000} sets the number of seeds, {@code
 * -Dstride.testkit.firstSeed} the first, {@code -Dstride.testkit.without=O16,O17} leaves out rules.
 */
class FalseAlarmsTest {

  private static final int RUNS = Integer.getInteger("stride.testkit.runs", 3);
  private static final long FIRST = Long.getLong("stride.testkit.firstSeed", 1_000);

  /** Those that random numbers hardly enter, and that cost an engine or a collection of garbage. */
  private static final Set<Rule> ONCE =
      EnumSet.of(
          Rule.CONCURRENCY,
          Rule.COMPLETION,
          Rule.MEMORY,
          Rule.ALIASING,
          Rule.REGISTRATION,
          Rule.PROOF);

  private static Rule[] without() {
    List<String> named = List.of(System.getProperty("stride.testkit.without", "").split(",", -1));
    return Stream.of(Rule.values())
        .filter(rule -> ONCE.contains(rule) || named.contains(rule.id()))
        .toArray(Rule[]::new);
  }

  @Test
  void no_seed_raises_an_alarm() {
    Map<Operator<?>, List<Sample>> operators = RegisteredOperators.ofStandardPack();
    Rule[] without = without();
    List<String> alarms = new ArrayList<>();
    long checks = 0;
    long inconclusive = 0;
    for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (Map.Entry<Operator<?>, List<Sample>> entry : operators.entrySet()) {
        Sample sample = entry.getValue().get(random.nextInt(entry.getValue().size()));
        Report report =
            GradientChecker.of(entry.getKey()).at(sample).seed(seed).without(without).run();
        checks += report.results().size();
        inconclusive += report.count(Verdict.INCONCLUSIVE);
        report.with(Verdict.FAIL).stream().map(CheckResult::toString).forEach(alarms::add);
      }
    }
    System.getLogger(getClass().getName())
        .log(
            System.Logger.Level.INFO,
            "{0} operators, {1} seeds: {2} checks, {3} alarms, {4} inconclusive",
            operators.size(),
            RUNS,
            checks,
            alarms.size(),
            inconclusive);
    assertThat(alarms).isEmpty();
  }
}
