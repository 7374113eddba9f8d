package dev.stride.core.internal.async;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What is done with throwables everywhere. */
public final class Failures {

  private Failures() {}

  /** The failure itself, without what futures wrap around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable bare = failure;
    while ((bare instanceof CompletionException || bare instanceof ExecutionException)
        && bare.getCause() != null) {
      bare = bare.getCause();
    }
    return bare;
  }

  /** Notes a later failure on the first one. */
  public static void suppress(@Nullable Throwable first, Throwable later) {
    if (first != null && first != later) {
      first.addSuppressed(later);
    }
  }

  /** For {@code throw rethrown(failure)}: throws a failure as it is. */
  public static RuntimeException rethrown(Throwable failure) {
    throw Failures.<RuntimeException>sneaky(failure);
  }

  /** Throws a failure as it is; does nothing without one. */
  public static void rethrow(@Nullable Throwable failure) {
    if (failure != null) {
      throw Failures.<RuntimeException>sneaky(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }
}
