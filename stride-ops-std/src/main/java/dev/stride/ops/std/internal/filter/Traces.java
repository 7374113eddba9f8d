package dev.stride.ops.std.internal.filter;

import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import java.util.function.Consumer;

/** Rows along the last axis of a tensor, one by one in float64. */
public final class Traces {

  /** Samples of a chunk. */
  private static final int CHUNK = 1 << 13;

  private Traces() {}

  /** A tensor whose traces are those of {@code x}, each changed in place by {@code change}. */
  public static Tensor each(Tensor x, Parallel parallel, Consumer<double[]> change) {
    int length = x.shape().extent(-1);
    if (x.size() == 0) {
      return x;
    }
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), x.size());
    Chunks.cover(
        parallel,
        x.size() / length,
        Math.max(1, CHUNK / length),
        (from, to) -> {
          double[] trace = new double[length];
          for (int row = from; row < to; row++) {
            read(in, row * length, trace);
            change.accept(trace);
            write(trace, out, row * length);
          }
        });
    return HeapArray.adopt(x.shape(), out);
  }

  private static void read(Object in, int from, double[] trace) {
    if (in instanceof float[] floats) {
      for (int i = 0; i < trace.length; i++) {
        trace[i] = floats[from + i];
      }
    } else {
      System.arraycopy(in, from, trace, 0, trace.length);
    }
  }

  private static void write(double[] trace, Object out, int to) {
    if (out instanceof float[] floats) {
      for (int i = 0; i < trace.length; i++) {
        floats[to + i] = (float) trace[i];
      }
    } else {
      System.arraycopy(trace, 0, out, to, trace.length);
    }
  }
}
