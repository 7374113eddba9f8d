package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.Rule;

/** Proves one rule at one sample. Stateless. */
public interface Check {

  /** The rule that it proves. */
  Rule rule();

  /** Whether it is made in this type at all. */
  default boolean runsIn(DataType type) {
    return true;
  }

  /**
   * Whether one sample in one type says all: what the check looks for does not depend on numbers.
   */
  default boolean isOncePerOperator() {
    return false;
  }

  /** Whether it can tell something of an operator that has once not completed. */
  default boolean runsAfterTimeout() {
    return false;
  }

  /** Why the rule does not apply to an operator; empty if it does. */
  default String notApplicable(Operator<?> operator) {
    return "";
  }

  /** Whether it lets an engine call the operator. */
  default boolean usesEngine() {
    return false;
  }

  /** Why the rule does not apply to a sample or to what the author declares; empty if it does. */
  default String notApplicable(Sample sample, Declared declared) {
    return "";
  }

  /** Makes the check. What it throws counts as a failure of the rule. */
  Finding run(Setting setting);
}
