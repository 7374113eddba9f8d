package dev.stride.api;

/**
 * A run that was cancelled, passed its deadline, or whose engine closed. No gradient changed. Its
 * id is {@code Cancelled}.
 */
public final class RunCancelledException extends StrideException {

  private static final long serialVersionUID = 1;

  /** Says why. */
  public RunCancelledException(String text) {
    super("Cancelled", text);
  }
}
