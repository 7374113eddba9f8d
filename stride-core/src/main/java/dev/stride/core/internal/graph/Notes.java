package dev.stride.core.internal.graph;

import dev.stride.api.spi.VectorSpace;
import dev.stride.core.internal.async.Pending;
import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/** What only some nodes need: where they were called, how long that took, what was moved. */
public final class Notes {

  private @Nullable StackFrame callSite;
  private long nanoseconds;
  private volatile @Nullable Unfinished unfinished;
  private @Nullable VectorSpace<?> @Nullable [] origins;
  private int transfers;
  private long transferredBytes;

  /** Where user code called the operator. */
  public @Nullable StackFrame callSite() {
    return callSite;
  }

  /** Sets the call site. */
  public void callSite(StackFrame frame) {
    callSite = frame;
  }

  /** How long the forward, then the adjoint took; 0 if unknown. */
  public long nanoseconds() {
    return nanoseconds;
  }

  /** Sets the time that the last phase took. */
  public void nanoseconds(long elapsed) {
    nanoseconds = elapsed;
  }

  /** The call while its forward has not ended, for gradients that are recorded; null after it. */
  public @Nullable Unfinished unfinished() {
    return unfinished;
  }

  /** Sets or, once the node keeps what it needs, forgets the call that has not ended. */
  public void unfinished(@Nullable Unfinished call) {
    unfinished = call;
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

  /** A call whose forward has not ended. */
  public static final class Unfinished {

    private final @Nullable Object[] arguments;
    private final Pending<?>[] outputs;

    /** Arguments by place, plain or {@link Pending}, and outputs by place; both taken over. */
    public Unfinished(@Nullable Object[] arguments, Pending<?>[] outputs) {
      this.arguments = arguments;
      this.outputs = outputs;
    }

    /** A plain argument, or a {@link Pending} one. */
    public @Nullable Object argument(int place) {
      return arguments[place];
    }

    /** An output, which may be pending. */
    public Pending<?> output(int place) {
      return outputs[place];
    }
  }
}
