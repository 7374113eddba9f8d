package dev.stride.testkit;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.api.spi.VectorSpace;
import dev.stride.testkit.internal.call.CallContext.Delivery;
import dev.stride.testkit.internal.call.Patience;
import dev.stride.testkit.internal.call.ValueKinds;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Declared;
import dev.stride.testkit.internal.check.Declared.Alternative;
import dev.stride.testkit.internal.check.Declared.Resource;
import dev.stride.testkit.internal.check.PlannedCheck;
import dev.stride.testkit.internal.graph.AllChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

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
  private final List<Alternative> alternatives = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();
  private Delivery delivery = (path, value) -> value;
  private boolean placed;
  private double adjointFactor;
  private Patience patience = new Patience(Patience.DEFAULT);
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
   * Lets the kit perturb the values of these vector spaces, as far as they {@linkplain
   * VectorSpace#numbers give numbers}; those that an engine has discovered, for instance.
   */
  public GradientChecker vectorSpaces(Collection<? extends VectorSpace<?>> spaces) {
    for (VectorSpace<?> space : spaces) {
      this.kinds = kinds.with(space);
    }
    return this;
  }

  /**
   * Compares outputs and gradients with those of another implementation: for another device, with
   * another way to keep what the adjoint needs, with checkpoints instead of everything.
   *
   * @param name what differs, as reports show it
   * @param same takes the same arguments
   * @param tolerance relative difference that is allowed, normalised by norms; 0: the same bits
   */
  public GradientChecker alternative(String name, Operator<?> same, double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + "; expected 0 or more");
    }
    alternatives.add(new Alternative(name, Objects.requireNonNull(same, "same"), tolerance));
    return this;
  }

  /**
   * Counts something that must be released after a call, such as the buffers of a device.
   *
   * @param name what is counted
   * @param live how many are alive now
   */
  public GradientChecker resource(String name, LongSupplier live) {
    resources.add(new Resource(name, Objects.requireNonNull(live, "live")));
    return this;
  }

  /**
   * Moves every tensor that the operator is given, for an operator that is bound to a device. The
   * checks that let an engine call the operator are skipped.
   */
  public GradientChecker placed(UnaryOperator<Tensor> upload) {
    Objects.requireNonNull(upload, "upload");
    this.placed = true;
    this.delivery = (path, value) -> value instanceof Tensor tensor ? upload.apply(tensor) : value;
    return this;
  }

  /**
   * Warns if an adjoint takes longer than {@code factor} times a forward. Off by default: timings
   * depend on what else the machine does.
   */
  public GradientChecker adjointAtMost(double factor) {
    this.adjointFactor = factor;
    return this;
  }

  /** How long to wait for one phase of the operator; 120 seconds by default. */
  public GradientChecker patience(Duration limit) {
    this.patience = new Patience(Objects.requireNonNull(limit, "limit"));
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
    PlannedCheck.Options options = options();
    for (Sample sample : samples) {
      for (DataType type : types) {
        boolean first = sample == samples.getFirst() && type == types.iterator().next();
        for (Check check : AllChecks.all()) {
          if (rules.contains(check.rule())
              && check.runsIn(type)
              && (first || !check.isOncePerOperator())) {
            plan.add(new PlannedCheck(check, operator, sample, type, options));
          }
        }
      }
    }
    return plan;
  }

  private PlannedCheck.Options options() {
    Declared declared = new Declared(alternatives, resources, delivery, placed, adjointFactor);
    return new PlannedCheck.Options(kinds, tolerances, seed, patience, declared);
  }
}
