package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace;
import dev.stride.core.internal.async.Pending;
import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/** What only some nodes need: where they were called, how long that took, and variables. */
public final class Notes {

  private @Nullable StackFrame callSite;
  private long nanoseconds;
  private Pending<?> @Nullable [] inputs;
  private Pending<?> @Nullable [] outputs;
  private @Nullable VectorSpace<?> @Nullable [] origins;
  private int transfers;
  private long transferredBytes;

  /** Where user code called the operator. */
  public @Nullable StackFrame callSite() {
    return callSite;
  }

  /** Sets the call site. */
  public Notes callSite(@Nullable StackFrame frame) {
    callSite = frame;
    return this;
  }

  /** How long the forward, then the adjoint took; 0 if unknown. */
  public long nanoseconds() {
    return nanoseconds;
  }

  /** Sets the time that the last phase took. */
  public void nanoseconds(long elapsed) {
    nanoseconds = elapsed;
  }

  /** Values of the arguments and outputs, for gradients that are recorded. */
  public Notes variables(Pending<?>[] arguments, Pending<?>[] results) {
    inputs = arguments;
    outputs = results;
    return this;
  }

  /** Values of the arguments; null if not kept. */
  public Pending<?> @Nullable [] inputs() {
    return inputs;
  }

  /** Values of the outputs; null if not kept. */
  public Pending<?> @Nullable [] outputs() {
    return outputs;
  }

  /** The spaces that arguments were moved from, by place; null: none was moved. */
  public @Nullable VectorSpace<?> @Nullable [] origins() {
    return origins;
  }

  /** Notes that the argument of a place was moved to another device. */
  public void moved(int places, int place, VectorSpace<?> origin, long bytes) {
    if (origins == null) {
      origins = new @Nullable VectorSpace<?>[places];
    }
    origins[place] = origin;
    transfers++;
    transferredBytes += bytes;
  }

  /** Number of arguments that were moved. */
  public int transfers() {
    return transfers;
  }

  /** Bytes of the arguments that were moved. */
  public long transferredBytes() {
    return transferredBytes;
  }

  void release() {
    inputs = null;
    outputs = null;
  }
}
