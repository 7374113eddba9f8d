package dev.stride.core.internal.engine;

import dev.stride.api.RunCancelledException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators or losses that a run left behind because they ignored its cancellation: the only leak
 * there is.
 *
 * @param run the run as messages name it
 * @param names their names
 * @param patience how long they were waited for
 */
record Abandonment(String run, List<String> names, Duration patience) {

  /** A run's failure that names them as well. */
  Throwable added(@Nullable Throwable first) {
    if (first == null || first instanceof RunCancelledException) {
      String why = first == null ? "" : withoutId(String.valueOf(first.getMessage())) + " ";
      return new RunCancelledException(why + text());
    }
    first.addSuppressed(new RunCancelledException(text()));
    return first;
  }

  private String text() {
    return run
        + " abandoned "
        + String.join(", ", names)
        + ", which ignored the cancellation for "
        + patience
        + ". Let what runs long poll call.cancellation(), and what waits give up in time.";
  }

  private static String withoutId(String message) {
    return message.replaceFirst("^\\[Stride/Cancelled] ", "");
  }
}
