package dev.stride.testkit.internal.call;

import dev.stride.api.CancellationToken;
import dev.stride.api.Parallel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the kit's calls have in common.
 *
 * @param parallel given to operators
 * @param executor given to operators
 * @param cancellation given to operators
 * @param delivery hands out the values that operators ask for
 * @param strict whether an adjoint may only see the arguments that its signature declares
 * @param read paths that operators have asked for, collected over all calls
 */
public record CallContext(
    Parallel parallel,
    Executor executor,
    CancellationToken cancellation,
    Delivery delivery,
    boolean strict,
    Set<String> read) {

  /** Hands out a value that an operator asks for: as it is, moved to a device, or not at all. */
  @FunctionalInterface
  public interface Delivery {
    /**
     * The value to give.
     *
     * @param path of the argument or cotangent
     * @param value as the kit has it
     */
    Object deliver(String path, Object value);
  }

  /** Everything on the calling thread, all arguments visible as they are. */
  public static CallContext plain() {
    return new CallContext(
        Parallel.serial(),
        Runnable::run,
        CancellationToken.NONE,
        (path, value) -> value,
        false,
        ConcurrentHashMap.newKeySet());
  }

  /** The same with another pool. */
  public CallContext with(Parallel other) {
    return new CallContext(other, executor, cancellation, delivery, strict, read);
  }

  /** The same with another executor. */
  public CallContext with(Executor other) {
    return new CallContext(parallel, other, cancellation, delivery, strict, read);
  }

  /** The same with another token. */
  public CallContext with(CancellationToken other) {
    return new CallContext(parallel, executor, other, delivery, strict, read);
  }

  /** The same, but values are handed out in another way. */
  public CallContext with(Delivery other) {
    return new CallContext(parallel, executor, cancellation, other, strict, read);
  }

  /** The same, but an adjoint sees only the arguments that its signature declares. */
  public CallContext strictly() {
    return new CallContext(parallel, executor, cancellation, delivery, true, read);
  }

  /** The same with a list of its own of what operators have asked for. */
  public CallContext reading() {
    return new CallContext(
        parallel, executor, cancellation, delivery, strict, ConcurrentHashMap.newKeySet());
  }
}
