package dev.stride.core.internal.discovery;

import org.jspecify.annotations.Nullable;

/** A pack breaks a rule of the SPI; the message is the whole reason. Makes the pack broken. */
public final class PackException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A fault without a cause. */
  public PackException(String message) {
    this(message, null);
  }

  /** A fault that something else showed. */
  public PackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
