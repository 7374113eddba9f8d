package dev.stride.testkit.internal.call;

/** An operator broke its contract in a way that ends the check. The message says what and where. */
public sealed class ContractViolation extends RuntimeException permits NeverCompleted {

  private static final long serialVersionUID = 1;

  /** Says what is wrong, expected and got, and how to fix it. */
  public ContractViolation(String problem) {
    super(problem);
  }

  /** The same with a cause. */
  public ContractViolation(String problem, Throwable cause) {
    super(problem, cause);
  }
}
