package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;

/**
 * Sums over whole tensors and over repeated axes.
 *
 * <p>Accumulated in float64, compensated, in an order that depends on shapes only: results are the
 * same for any number of threads, and errors do not grow with the size.
 */
public final class Reduction {

  /** Elements from which on it is worth while not to write out what is repeated. */
  private static final int SMALL = 1 << 11;

  private Reduction() {}

  /** Sum of all elements; 0 if there are none. */
  public static double sum(Tensor x, Parallel parallel) {
    return sum(Terms.of(x), parallel);
  }

  /** Sum of all terms; 0 if there are none. */
  public static double sum(Terms terms, Parallel parallel) {
    return sum(Addition.TERMS, terms, parallel);
  }

  private static double sum(Addition what, Terms terms, Parallel parallel) {
    return total(
        terms.shape().size(), parallel, (from, to) -> terms.reader().sums(what).of(from, to));
  }

  /** Inner product of two tensors of equal size and type. */
  public static double dot(Tensor x, Tensor y, Parallel parallel) {
    Terms a = Terms.of(x);
    Terms b = Terms.of(y);
    return total(x.size(), parallel, (from, to) -> Sums.dot(a.reader(), b.reader(), from, to));
  }

  private static double total(int size, Parallel parallel, Chunks.Part part) {
    if (size <= Chunks.ELEMENTS) {
      return part.of(0, size);
    }
    double[] parts = Chunks.parts(parallel, size, part);
    CompensatedSum sum = new CompensatedSum();
    for (double term : parts) {
      sum.add(term);
    }
    return sum.value();
  }

  /**
   * The tensor repeated to a shape that it fits; itself if it has that shape. Written out only if
   * it is so small that readers had more work with what is repeated than with what is not.
   */
  public static Tensor repeatTo(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    Tensor repeated = x.broadcastTo(shape);
    return shape.size() < SMALL ? Tensor.of(shape, repeated.storage()) : repeated;
  }

  /**
   * The transpose of {@link #repeatTo}: sums what was repeated, so that {@code shape} remains; the
   * tensor itself if it has that shape.
   */
  public static Tensor sumTo(Tensor x, Shape shape, Parallel parallel) {
    if (x.shape().equals(shape)) {
      return x;
    }
    if (shape.size() == 1) {
      return Tensor.full(shape, sum(x, parallel), x.dataType());
    }
    return sums(Addition.TERMS, Terms.of(x), shape, parallel);
  }

  /** The sums of slices, divided by a number; one rounding where all elements are summed. */
  public static Tensor sum(Tensor x, Axes axes, double divisor, Parallel parallel) {
    return sum(Terms.of(x), axes, divisor, parallel);
  }

  /** The sums of slices of terms, whose shape is {@link Axes#from}, divided by a number. */
  public static Tensor sum(Terms terms, Axes axes, double divisor, Parallel parallel) {
    return sum(Addition.TERMS, terms, axes, divisor, parallel);
  }

  /** As {@link #sum(Terms, Axes, double, Parallel)}, of the squares of the terms in float64. */
  public static Tensor sumOfSquares(Terms terms, Axes axes, double divisor, Parallel parallel) {
    return sum(Addition.SQUARES, terms, axes, divisor, parallel);
  }

  private static Tensor sum(
      Addition what, Terms terms, Axes axes, double divisor, Parallel parallel) {
    if (axes.kept().size() == 1) {
      return Tensor.full(axes.kept(), sum(what, terms, parallel) / divisor, terms.type());
    }
    Tensor sums = sums(what, terms, axes.kept(), parallel);
    return divisor == 1
        ? sums
        : Elementwise.zip(Arithmetic.DIVIDE, sums, Tensor.scalar(divisor, terms.type()), parallel);
  }

  private static Tensor sums(Addition what, Terms terms, Shape shape, Parallel parallel) {
    double[] sums = AxisSums.of(what, terms, shape, parallel);
    return HeapArray.adopt(shape, AxisSums.rounded(sums, terms.type()));
  }

  /**
   * The square roots of sums of squares over slices of terms, rounded once. Sums are in float64:
   * those of float32 terms neither overflow nor underflow.
   */
  public static Tensor rootOfSquares(Terms terms, Axes axes, Parallel parallel) {
    Shape shape = axes.kept();
    double[] sums =
        shape.size() == 1
            ? new double[] {sum(Addition.SQUARES, terms, parallel)}
            : AxisSums.of(Addition.SQUARES, terms, shape, parallel);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.sqrt(sums[i]);
    }
    return HeapArray.adopt(shape, AxisSums.rounded(sums, terms.type()));
  }
}
