package dev.stride.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An operator failed, or broke its contract. Says which, where, with what, and why; the cause is
 * what the operator threw. Its id is {@code OperatorFailed}. Everything that depends on one failed
 * call fails with the same instance.
 */
public final class OperatorException extends StrideException {

  private static final long serialVersionUID = 1;

  private final Failure failure;

  /** Makes the message from the failure's parts. */
  public OperatorException(Failure failure, @Nullable Throwable cause) {
    super("OperatorFailed", failure.text(), cause);
    this.failure = failure;
  }

  /** What is known of the failure. */
  public Failure failure() {
    return failure;
  }

  /**
   * What is known of a failure.
   *
   * @param operator the operator's name
   * @param pack id of its pack; {@code user} for an operator that comes from none
   * @param phase what it was doing
   * @param port the port concerned; null if none is
   * @param problem what is wrong, expected and got, how to fix it
   * @param inputs shapes of the inputs, by path
   * @param path operators from here to the root of the run, nearest first; in forward the operator
   * @param callSite where user code called the operator, or how to have that captured
   */
  public record Failure(
      String operator,
      String pack,
      Phase phase,
      @Nullable String port,
      String problem,
      String inputs,
      String path,
      String callSite)
      implements Serializable {

    String text() {
      StringBuilder text = new StringBuilder(operator).append(": ").append(problem);
      text.append("\n  phase:     ").append(phase.name().toLowerCase(java.util.Locale.ROOT));
      text.append("\n  pack:      ").append(pack);
      if (port != null) {
        text.append("\n  port:      ").append(port);
      }
      text.append("\n  inputs:    ").append(inputs);
      text.append("\n  path:      ").append(path);
      return text.append("\n  called at: ").append(callSite).toString();
    }
  }
}
