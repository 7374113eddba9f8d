package dev.stride.api;

/** How expensive an operator is, and so where the engine runs it. */
public enum Weight {
  /**
   * Less than a few microseconds and never waiting: may run at once on the thread that completes
   * the inputs, even the caller's. Call sites are captured in call-site mode only.
   */
  CHEAP,
  /** Computes and never waits: runs on the engine's bounded executor. The default. */
  COMPUTE,
  /** Waits for something outside (a file, a service, a lock): runs on a virtual thread. */
  BLOCKING
}
