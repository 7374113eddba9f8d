package dev.stride.testkit.internal.check;

import dev.stride.api.spi.Sample;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Tolerances;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.SplittableRandom;

/**
 * What a check works with.
 *
 * @param sample what the author gave
 * @param subject the operator at the sample
 * @param tolerances how close is close enough
 * @param seed of all random numbers
 * @param declared what the author says of the operator
 */
public record Setting(
    Sample sample, Subject subject, Tolerances tolerances, long seed, Declared declared) {

  /** Random numbers of a rule's own, the same whatever else is checked. */
  public SplittableRandom random(Rule rule) {
    return new SplittableRandom(seed * 31 + rule.id().hashCode());
  }
}
