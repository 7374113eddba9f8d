package dev.stride.testkit;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Checks many operators, such as all of a pack, at the samples registered with them.
 *
 * <p>An operator without samples is untested; one whose gradient no numeric check proved at its
 * samples fails. Not safe for concurrent use.
 */
public final class Certification {

  private static final String NO_SAMPLES =
      "there is no sample to check it at. Register some with it: registrar.operator(..)"
          + ".samples(() -> List.of(Sample.of(..))).";

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
    List<Sample> copy = List.copyOf(samples);
    return operator(name, operator, () -> copy);
  }

  /**
   * Checks this operator too, at samples that are made when it is its turn. If that throws, the
   * operator fails and the others are checked all the same.
   */
  public Certification operator(String name, Operator<?> operator, Supplier<List<Sample>> samples) {
    return operator(name, operator, samples, checker -> checker);
  }

  /**
   * The same with settings of its own, such as where its tensors are {@linkplain
   * GradientChecker#placed placed}.
   */
  public Certification operator(
      String name,
      Operator<?> operator,
      Supplier<List<Sample>> samples,
      UnaryOperator<GradientChecker> setting) {
    candidates.add(
        new Candidate(
            operator.named(name),
            Objects.requireNonNull(samples, "samples"),
            Objects.requireNonNull(setting, "setting")));
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
    List<Sample> samples;
    try {
      samples = List.copyOf(candidate.samples.get());
    } catch (LinkageError | RuntimeException failure) {
      return only(candidate, Verdict.FAIL, "its samples cannot be made: " + failure);
    }
    return samples.isEmpty() ? unchecked(candidate) : checked(candidate, samples);
  }

  private Report unchecked(Candidate candidate) {
    return Proof.hasGradient(candidate.operator)
        ? only(candidate, Verdict.UNTESTED, NO_SAMPLES)
        : only(candidate, Verdict.SKIPPED, Proof.NO_GRADIENT);
  }

  /** A report of one result, about all samples together. */
  private Report only(Candidate candidate, Verdict verdict, String message) {
    CheckResult result = Proof.result(candidate.operator, seed, verdict, message);
    progress.accept(result);
    return new Report(candidate.operator.name(), seed, List.of(result));
  }

  private Report checked(Candidate candidate, List<Sample> samples) {
    GradientChecker checker = GradientChecker.of(candidate.operator).seed(seed).at(samples);
    for (UnaryOperator<GradientChecker> setting : settings) {
      checker = setting.apply(checker);
    }
    return candidate.setting.apply(checker).run(progress);
  }

  private record Candidate(
      Operator<?> operator,
      Supplier<List<Sample>> samples,
      UnaryOperator<GradientChecker> setting) {}
}
