package dev.stride.testkit.internal.check;

import java.util.List;

/** The checks that need no engine, in the order of their rules. */
public final class Checks {

  private Checks() {}

  /** The checks. */
  public static List<Check> all() {
    return List.of(
        new SignatureCheck(),
        new GradientShapesCheck(),
        new DifferencesCheck(),
        new JacobianCheck(),
        new DotTestCheck(),
        new TangentCheck(),
        new TaylorCheck(),
        new CotangentLinearityCheck(),
        new NeedsGradCheck(),
        new UnusedOutputsCheck(),
        new StatelessCheck(),
        new DeterminismCheck(),
        new NoMutationCheck(),
        new Float32Check(),
        new DeclarationsCheck());
  }

  /** The checks whose rules come after those that need an engine. */
  public static List<Check> further() {
    return List.of(
        new ComplexStepCheck(),
        new KinksCheck(),
        new ScaleCheck(),
        new NotANumberCheck(),
        new DegenerateShapesCheck(),
        new ErrorsCheck(),
        new MemoryCheck(),
        new AliasingCheck(),
        new SerialisationCheck(),
        new AlternativesCheck(),
        new SpeedCheck());
  }
}
