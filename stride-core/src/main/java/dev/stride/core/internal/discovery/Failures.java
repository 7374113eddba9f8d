package dev.stride.core.internal.discovery;

import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;

/** What packs throw, in words. */
final class Failures {

  private static final String OTHER_API =
      "; it was probably compiled against another version of stride-api, or a library that it needs"
          + " is missing";

  private Failures() {}

  /** The type and message of what a pack threw, without the wrappers of those who called it. */
  static String text(Throwable failure) {
    Throwable cause = unwrapped(failure);
    String message = cause.getMessage();
    String type = cause.getClass().getSimpleName();
    String text = message == null ? type : type + ": " + message.strip();
    return cause instanceof LinkageError ? text + OTHER_API : text;
  }

  /** What a pack threw. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof ServiceConfigurationError
            || failure instanceof InvocationTargetException
            || failure instanceof ExceptionInInitializerError;
    return wrapper && cause != null ? unwrapped(cause) : failure;
  }

  /** As something that can be thrown anywhere. */
  static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }
}
