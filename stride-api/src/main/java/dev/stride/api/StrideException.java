package dev.stride.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure of configuration, discovery or an engine rule, with a stable id that programs can tell
 * failures apart by; texts may change.
 */
public class StrideException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String id;

  /**
   * Makes the message {@code [Stride/id] text}.
   *
   * @param id stable, in CamelCase, such as {@code NoOperator}
   * @param text what, where, expected and got, how to fix
   */
  public StrideException(String id, String text) {
    this(id, text, null);
  }

  /** The same with a cause. */
  public StrideException(String id, String text, @Nullable Throwable cause) {
    super("[Stride/" + Objects.requireNonNull(id, "id") + "] " + text, cause);
    this.id = id;
  }

  /** The stable id, such as {@code NoOperator}. */
  public String id() {
    return id;
  }
}
