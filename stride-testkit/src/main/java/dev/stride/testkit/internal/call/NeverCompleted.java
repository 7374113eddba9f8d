package dev.stride.testkit.internal.call;

/** A phase of an operator did not end while the kit waited for it. */
public final class NeverCompleted extends ContractViolation {

  private static final long serialVersionUID = 1;

  /** Says which phase, and how long the kit waited. */
  public NeverCompleted(String problem, Throwable cause) {
    super(problem, cause);
  }
}
