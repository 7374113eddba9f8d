package dev.stride.testkit;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.internal.call.ValueKinds;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.PlannedCheck;
import dev.stride.testkit.internal.graph.AllChecks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Proves the adjoint of an operator at some samples, rule by rule, without a test framework.
 *
 * <pre>{@code
 * GradientChecker.of(new Softplus()).at(Tensor.random(4, 7)).run().requirePassed();
 * }</pre>
 *
 * <p>Every check gives the operator tensors of its own, so the sample is never changed, and random
 * numbers of its own, so a report repeats bit by bit from its seed whatever else is checked. Not
 * safe for concurrent use.
 */
public final class GradientChecker {

  /** The seed of a checker that is given none. */
  public static final long DEFAULT_SEED = 20;

  private final Operator<?> operator;
  private final List<Sample> samples = new ArrayList<>();
  private final Set<Rule> rules = EnumSet.allOf(Rule.class);
  private final Set<DataType> types =
      new LinkedHashSet<>(List.of(DataType.FLOAT64, DataType.FLOAT32));
  private ValueKinds kinds = ValueKinds.standard();
  private Tolerances tolerances = Tolerances.defaults();
  private long seed = DEFAULT_SEED;

  private GradientChecker(Operator<?> operator) {
    this.operator = Objects.requireNonNull(operator, "operator");
  }

  /** A checker of an operator: all rules, both types, default tolerances, no sample yet. */
  public static GradientChecker of(Operator<?> operator) {
    return new GradientChecker(operator);
  }

  /** Checks at these positional arguments too; tensors are cast to the type of each check. */
  public GradientChecker at(Object... arguments) {
    return arguments.length == 1 && arguments[0] instanceof Sample sample
        ? at(sample)
        : at(Sample.of(arguments));
  }

  /** Checks at these arguments too. */
  public GradientChecker at(Arguments arguments) {
    return at(Sample.of(arguments));
  }

  /** Checks at this sample too. */
  public GradientChecker at(Sample sample) {
    samples.add(Objects.requireNonNull(sample, "sample"));
    return this;
  }

  /** Checks at these samples too. */
  public GradientChecker at(Collection<Sample> more) {
    more.forEach(this::at);
    return this;
  }

  /** Seed of all random numbers; {@value #DEFAULT_SEED} by default. */
  public GradientChecker seed(long given) {
    this.seed = given;
    return this;
  }

  /** How close is close enough; {@link Tolerances#defaults()} by default. */
  public GradientChecker tolerances(Tolerances given) {
    this.tolerances = Objects.requireNonNull(given, "tolerances");
    return this;
  }

  /** Types to check in; both by default. */
  public GradientChecker types(DataType... given) {
    types.clear();
    types.addAll(List.of(given));
    return this;
  }

  /** Checks these rules only. */
  public GradientChecker only(Rule... given) {
    rules.clear();
    rules.addAll(List.of(given));
    return this;
  }

  /** Does not check these rules. */
  public GradientChecker without(Rule... given) {
    List.of(given).forEach(rules::remove);
    return this;
  }

  /** Lets the kit perturb values of another class than tensors and doubles. */
  public GradientChecker coordinates(Coordinates<?> given) {
    this.kinds = kinds.with(Objects.requireNonNull(given, "coordinates"));
    return this;
  }

  /**
   * Runs all checks, one after the other on the calling thread.
   *
   * @throws IllegalStateException if no sample was given
   */
  public Report run() {
    return run(result -> {});
  }

  /**
   * Runs all checks like {@link #run()} and shows each result at once, for a progress display.
   *
   * @throws IllegalStateException if no sample was given
   */
  public Report run(Consumer<CheckResult> progress) {
    List<CheckResult> results = new ArrayList<>();
    for (PlannedCheck planned : plan()) {
      results.add(planned.run());
      progress.accept(results.getLast());
    }
    if (rules.contains(Rule.PROOF)) {
      results.add(Proof.of(operator, seed, results));
      progress.accept(results.getLast());
    }
    return new Report(operator.name(), seed, results);
  }

  /** The checks of all samples, types and rules, to be run. */
  List<PlannedCheck> plan() {
    if (samples.isEmpty()) {
      throw new IllegalStateException(
          operator.name() + ": there is no sample to check at. Give arguments with at(...).");
    }
    List<PlannedCheck> plan = new ArrayList<>();
    PlannedCheck.Options options = new PlannedCheck.Options(kinds, tolerances, seed);
    for (Sample sample : samples) {
      for (DataType type : types) {
        for (Check check : AllChecks.all()) {
          if (rules.contains(check.rule()) && check.runsIn(type)) {
            plan.add(new PlannedCheck(check, operator, sample, type, options));
          }
        }
      }
    }
    return plan;
  }
}
