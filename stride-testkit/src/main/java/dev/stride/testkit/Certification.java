package dev.stride.testkit;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Checks many operators, such as all of a pack, at the samples registered with them.
 *
 * <p>An operator without samples, or whose gradient no numeric check proved, fails. Not safe for
 * concurrent use.
 */
public final class Certification {

  private final List<Candidate> candidates = new ArrayList<>();
  private final List<UnaryOperator<GradientChecker>> settings = new ArrayList<>();
  private Consumer<CheckResult> progress = result -> {};
  private long seed = GradientChecker.DEFAULT_SEED;

  private Certification() {}

  /** Of nothing yet, with the kit's default seed, types and tolerances. */
  public static Certification create() {
    return new Certification();
  }

  /** Checks this operator too; it is called by this name in the results. */
  public Certification operator(String name, Operator<?> operator, List<Sample> samples) {
    candidates.add(new Candidate(operator.named(name), List.copyOf(samples)));
    return this;
  }

  /** Seed of all random numbers; {@value GradientChecker#DEFAULT_SEED} by default. */
  public Certification seed(long given) {
    this.seed = given;
    return this;
  }

  /** Types to check in; both by default. */
  public Certification types(DataType... given) {
    return configure(checker -> checker.types(given));
  }

  /** Changes what is checked and how, for every operator. */
  public Certification configure(UnaryOperator<GradientChecker> setting) {
    settings.add(Objects.requireNonNull(setting, "setting"));
    return this;
  }

  /** Shows every result as soon as it is there, on the checking thread. */
  public Certification progress(Consumer<CheckResult> listener) {
    this.progress = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** Runs all checks, one after the other on the calling thread, in the order of the operators. */
  public Certificate run() {
    return new Certificate(seed, candidates.stream().map(this::report).toList());
  }

  private Report report(Candidate candidate) {
    if (candidate.samples.isEmpty()) {
      CheckResult missing = Proof.of(candidate.operator, seed, List.of());
      progress.accept(missing);
      return new Report(candidate.operator.name(), seed, List.of(missing));
    }
    GradientChecker checker =
        GradientChecker.of(candidate.operator).seed(seed).at(candidate.samples);
    for (UnaryOperator<GradientChecker> setting : settings) {
      checker = setting.apply(checker);
    }
    return checker.run(progress);
  }

  private record Candidate(Operator<?> operator, List<Sample> samples) {}
}
