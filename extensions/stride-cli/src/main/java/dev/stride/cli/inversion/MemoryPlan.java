package dev.stride.cli.inversion;

import dev.stride.api.StrideException;

/**
 * How many shots can be computed at once with the heap that there is.
 *
 * @param concurrentShots at least 1
 * @param wantedShots how many were wanted
 * @param bytesPerShot heap that a shot takes from the start of its forward to the end of its
 *     adjoint
 * @param otherBytes heap that the observed data and everything else takes
 * @param heapBytes the largest heap of this process
 */
public record MemoryPlan(
    int concurrentShots, int wantedShots, long bytesPerShot, long otherBytes, long heapBytes) {

  /** Share of the heap that is planned with; the rest is for what cannot be foreseen. */
  private static final double USABLE = 0.85;

  /** Fields that a shot works on besides the history that it keeps for its adjoint. */
  private static final int WORKING_FIELDS = 12;

  /** Copies of the traces that a shot and its filters hold. */
  private static final int TRACE_COPIES = 8;

  private static final long PROGRAM_BYTES = 64L << 20;
  private static final double MIB = 1 << 20;

  /**
   * Plans with the heap of this process.
   *
   * @param receivers traces a shot
   * @param shots number of shots whose observed traces are kept
   * @param wanted shots to compute at once
   * @throws StrideException with the id {@code Memory} if not even one shot fits
   */
  public static MemoryPlan of(Discretisation discretisation, int receivers, int shots, int wanted) {
    return of(discretisation, receivers, shots, wanted, Runtime.getRuntime().maxMemory());
  }

  /** Plans with a heap of some size. */
  static MemoryPlan of(
      Discretisation discretisation, int receivers, int shots, int wanted, long heapBytes) {
    long steps = discretisation.time().steps();
    long nodes = discretisation.extendedNodes();
    long traces = Float.BYTES * steps * receivers;
    long perShot = Float.BYTES * nodes * (steps + WORKING_FIELDS) + TRACE_COPIES * traces;
    long other = PROGRAM_BYTES + 2L * shots * traces;
    long fitting = (long) Math.floor((USABLE * heapBytes - other) / perShot);
    if (fitting < 1) {
      throw tooSmall(discretisation, perShot, other, heapBytes);
    }
    return new MemoryPlan((int) Math.min(wanted, fitting), wanted, perShot, other, heapBytes);
  }

  /** Whether fewer shots are computed at once than wanted. */
  public boolean isReduced() {
    return concurrentShots < wantedShots;
  }

  /** What was planned, with figures, in one sentence. */
  public String text() {
    return "%d of %d shots at once: each takes %.0f MiB, other data %.0f MiB, the heap has %.0f MiB"
        .formatted(
            concurrentShots, wantedShots, bytesPerShot / MIB, otherBytes / MIB, heapBytes / MIB);
  }

  private static StrideException tooSmall(
      Discretisation discretisation, long perShot, long other, long heapBytes) {
    long needed = (long) Math.ceil((perShot + other) / USABLE / MIB);
    return new StrideException(
        "Memory",
        ("one shot needs %.0f MiB (%d time steps of %d nodes with the absorbing layer, 4 bytes"
                + " each, are kept for its adjoint) and other data %.0f MiB, but the heap has %.0f"
                + " MiB. Give it at least %d MiB, such as with STRIDE_JAVA_OPTS=-Xmx%dm, or use a"
                + " coarser model.")
            .formatted(
                perShot / MIB,
                discretisation.time().steps(),
                discretisation.extendedNodes(),
                other / MIB,
                heapBytes / MIB,
                needed,
                needed));
  }
}
