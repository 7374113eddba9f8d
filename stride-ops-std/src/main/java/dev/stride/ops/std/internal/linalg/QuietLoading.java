package dev.stride.ops.std.internal.linalg;

import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Loads what announces itself through {@link java.util.logging} at level INFO, which by default
 * goes to standard error, without the announcement.
 *
 * <p>What is more serious passes. A logger whose level the application has set is left alone, and
 * afterwards every logger is as it was.
 */
final class QuietLoading {

  private QuietLoading() {}

  /** The result of {@code load}, during which the logger of that name is quiet. */
  static <T> T of(String name, Supplier<T> load) {
    Logger logger = Logger.getLogger(name);
    if (logger.getLevel() != null) {
      return load.get();
    }
    Filter before = logger.getFilter();
    logger.setFilter(message ->
        message.getLevel().intValue() > Level.INFO.intValue()
            && (before == null || before.isLoggable(message)));
    try {
      return load.get();
    } finally {
      logger.setFilter(before);
    }
  }
}
