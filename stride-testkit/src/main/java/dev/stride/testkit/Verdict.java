package dev.stride.testkit;

/** What a check found. */
public enum Verdict {
  /** The rule holds here. */
  PASS,
  /** The rule holds, and the operator is linear along the directions tried, to rounding. */
  LINEAR_EXACT,
  /** The rule is broken. */
  FAIL,
  /** The check ran and could not tell; the sample does not allow it. */
  INCONCLUSIVE,
  /** The rule does not apply: the operator does not declare the capability. */
  SKIPPED,
  /** The check could not be made: the kit cannot handle these values. */
  UNTESTED;

  /** As reports show it: {@code LINEAR-EXACT}. */
  @Override
  public String toString() {
    return name().replace('_', '-');
  }

  /** Whether the rule was shown to hold. */
  public boolean isPass() {
    return this == PASS || this == LINEAR_EXACT;
  }
}
