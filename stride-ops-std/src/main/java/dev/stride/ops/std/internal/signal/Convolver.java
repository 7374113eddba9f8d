package dev.stride.ops.std.internal.signal;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Shapes;

/**
 * The trilinear form {@code sum g[i] x[j] h[k]} over {@code j + k = i + offset}, of which a
 * convolution and its two transposes each leave one factor out.
 *
 * <p>Directly with a few lines of workspace for each thread. By Fourier transforms of N numbers, N
 * at least {@code length + kernel - 1}, the lines of both factors are padded to N numbers and
 * transformed, and the products of their spectra are transformed back, all lines at once. At its
 * most, while the products are formed, this takes 5 n N numbers for n traces and 2 N for a kernel,
 * and 7 n N in {@link #towardsKernel}, where both factors are n lines.
 *
 * @param length of traces x
 * @param kernel length of the kernel h
 * @param count length of results g
 */
record Convolver(Fourier fourier, int length, int kernel, int offset, int count) {

  /** A kernel or trace up to this length is summed directly. */
  private static final int DIRECT = 32;

  /** {@code y[i] = sum_k h[k] x[i + offset - k]}. */
  Tensor forward(Tensor x, Tensor h, Parallel parallel) {
    Tensor y =
        isDirect()
            ? each(x, count, parallel, trace -> convolved(trace, h.toDoubleArray(), offset, count))
            : cut(product(padded(x, 0), padded(h, 0), false, parallel), offset, count);
    return y.cast(x.dataType());
  }

  /** {@code x[j] = sum_i g[i] h[i + offset - j]}. */
  Tensor towardsTraces(Tensor g, Tensor h, Parallel parallel) {
    if (isDirect()) {
      double[] turned = reversed(h).toDoubleArray();
      int from = kernel - 1 - offset;
      return each(g, length, parallel, trace -> convolved(trace, turned, from, length));
    }
    return cut(product(padded(g, offset), padded(h, 0), true, parallel), 0, length);
  }

  /** {@code h[k] = sum_i g[i] x[i + offset - k]}, summed over the traces. */
  Tensor towardsKernel(Tensor g, Tensor x, Parallel parallel) {
    int traces = x.size() / length;
    double[] sum = new double[kernel];
    double[] each =
        isDirect()
            ? null
            : cut(product(padded(g, offset), padded(x, 0), true, parallel), 0, kernel)
                .toDoubleArray();
    double[] cotangents = g.toDoubleArray();
    double[] samples = x.toDoubleArray();
    for (int trace = 0; trace < traces; trace++) {
      for (int k = 0; k < kernel; k++) {
        sum[k] +=
            each == null
                ? correlated(cotangents, trace * count, samples, trace * length, k)
                : each[trace * kernel + k];
      }
    }
    return Tensor.adopt(Shape.of(kernel), sum).cast(x.dataType());
  }

  private boolean isDirect() {
    return Math.min(length, kernel) <= DIRECT;
  }

  private double correlated(double[] g, int gAt, double[] x, int xAt, int k) {
    double sum = 0;
    int first = Math.max(0, k - offset);
    int last = Math.min(count - 1, length - 1 + k - offset);
    for (int i = first; i <= last; i++) {
      sum += g[gAt + i] * x[xAt + i + offset - k];
    }
    return sum;
  }

  /** {@code y[i] = sum_k h[k] x[i + from - k]} for {@code i < size}. */
  private static double[] convolved(double[] x, double[] h, int from, int size) {
    double[] y = new double[size];
    for (int k = 0; k < h.length; k++) {
      int first = Math.max(0, k - from);
      int last = Math.min(size - 1, x.length - 1 + k - from);
      for (int i = first; i <= last; i++) {
        y[i] += h[k] * x[i + from - k];
      }
    }
    return y;
  }

  private interface Line {
    double[] of(double[] line);
  }

  private static Tensor each(Tensor x, int size, Parallel parallel, Line change) {
    int length = x.shape().extent(-1);
    Shape shape = Shapes.with(x.shape(), x.shape().rank() - 1, size);
    Object in = HeapArray.of(x);
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    Chunks.cover(
        parallel,
        x.size() / length,
        Math.max(1, (1 << 13) / length),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            double[] line = new double[length];
            for (int i = 0; i < length; i++) {
              line[i] =
                  in instanceof float[] f ? f[row * length + i] : ((double[]) in)[row * length + i];
            }
            double[] made = change.of(line);
            for (int i = 0; i < size; i++) {
              if (out instanceof float[] f) {
                f[row * size + i] = (float) made[i];
              } else {
                ((double[]) out)[row * size + i] = made[i];
              }
            }
          }
        });
    return HeapArray.adopt(shape, out);
  }

  /** The tensor with its last axis turned around. */
  static Tensor reversed(Tensor line) {
    double[] values = line.toDoubleArray();
    double[] turned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[values.length - 1 - i];
    }
    return Tensor.adopt(line.shape(), turned).cast(line.dataType());
  }

  private int fast() {
    return Fourier.fastLength(length + kernel - 1);
  }

  /** Lines placed in zeros of a length that transforms fast. */
  private Tensor padded(Tensor x, int at) {
    int size = x.shape().extent(-1);
    Shape shape = Shapes.with(x.shape(), x.shape().rank() - 1, fast());
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    Object in = HeapArray.of(x);
    int fast = fast();
    for (int row = 0; row < x.size() / size; row++) {
      System.arraycopy(in, row * size, out, row * fast + at, size);
    }
    return HeapArray.adopt(shape, out);
  }

  private static Tensor cut(Tensor x, int at, int size) {
    int length = x.shape().extent(-1);
    Shape shape = Shapes.with(x.shape(), x.shape().rank() - 1, size);
    Object out = HeapArray.zeros(x.dataType(), shape.size());
    Object in = HeapArray.of(x);
    for (int row = 0; row < x.size() / length; row++) {
      System.arraycopy(in, row * length + at, out, row * size, size);
    }
    return HeapArray.adopt(shape, out);
  }

  /** Circular convolution of lines, or correlation: the second spectrum conjugated. */
  private Tensor product(Tensor a, Tensor b, boolean conjugated, Parallel parallel) {
    Fourier.Pair one = fourier.half(a, 1, 1, 1, false, parallel);
    Fourier.Pair two = fourier.half(b, 1, 1, 1, false, parallel);
    Fourier.Pair spectrum = one.times(two, conjugated, parallel);
    double scale = 1.0 / fast();
    return fourier.whole(spectrum, fast(), 1, scale, scale, true, parallel);
  }
}
