package dev.stride.api;

/** Saved state that knows its size and may hold something to release. */
public interface Saved extends AutoCloseable {

  /** Bytes that it keeps alive, for statistics and exports. */
  long bytes();

  /**
   * Releases what it holds. Called exactly once, on any thread, never while its adjoint runs. What
   * it throws is logged and harms nobody.
   */
  @Override
  default void close() {}
}
