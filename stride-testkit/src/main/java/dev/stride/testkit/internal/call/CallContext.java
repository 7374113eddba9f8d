package dev.stride.testkit.internal.call;

import dev.stride.api.Parallel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the kit's calls have in common.
 *
 * @param parallel given to operators
 * @param executor given to operators
 * @param strict whether an adjoint may only see the arguments that its signature declares
 * @param read paths that operators have asked for, collected over all calls
 */
public record CallContext(Parallel parallel, Executor executor, boolean strict, Set<String> read) {

  /** Everything on the calling thread, all arguments visible. */
  public static CallContext plain() {
    return new CallContext(Parallel.serial(), Runnable::run, false, ConcurrentHashMap.newKeySet());
  }

  /** The same with another pool. */
  public CallContext with(Parallel other) {
    return new CallContext(other, executor, strict, read);
  }

  /** The same, but an adjoint sees only the arguments that its signature declares. */
  public CallContext strictly() {
    return new CallContext(parallel, executor, true, read);
  }
}
