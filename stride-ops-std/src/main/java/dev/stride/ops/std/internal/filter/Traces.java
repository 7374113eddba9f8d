package dev.stride.ops.std.internal.filter;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rows along the last axis of a tensor, one by one in float64. */
public final class Traces {

  /** Samples of a chunk. */
  private static final int CHUNK = 1 << 13;

  private Traces() {}

  /** A tensor whose traces are those of {@code x}, each changed in place by {@code change}. */
  public static Tensor each(Tensor x, Parallel parallel, Consumer<double[]> change) {
    int length = x.shape().extent(-1);
    return each(
        x,
        length,
        parallel,
        trace -> {
          change.accept(trace);
          return trace;
        });
  }

  /**
   * A tensor whose traces are made of those of {@code x}.
   *
   * @param samples length of the new traces
   * @param make makes a new trace of one that it may keep or change
   */
  public static Tensor each(
      Tensor x, int samples, Parallel parallel, UnaryOperator<double[]> make) {
    int length = x.shape().extent(-1);
    Shape shape = Shapes.with(x.shape(), x.shape().rank() - 1, samples);
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    if (x.size() > 0 && shape.size() > 0) {
      Chunks.cover(
          parallel,
          x.size() / length,
          Math.max(1, CHUNK / Math.max(length, samples)),
          (from, to) -> {
            for (int row = from; row < to; row++) {
              double[] trace = new double[length];
              read(in, row * length, trace);
              write(make.apply(trace), out, row * samples);
            }
          });
    }
    return HeapArray.adopt(shape, out);
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
