package dev.stride.ops.std.internal.filter;

import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.Shapes;
import java.util.Arrays;
import java.util.List;

/**
 * Gaussian weights along each axis of a shape, divided at every point by the sum of those that fall
 * inside. Immutable.
 *
 * <p>Lines are worked on in bundles whose samples stand side by side, so that the loops become
 * vector code for every axis.
 */
public final class Smoother {

  /** Weights reach to this many standard deviations, where they are 3e-4 of the middle one. */
  private static final double REACH = 4;

  /** Lines of a bundle. */
  private static final int BUNDLE = 32;

  private final Shape shape;
  private final List<Axis> axes;

  /**
   * A smoother.
   *
   * @param sigma standard deviation along each axis, in points, finite and at least 0; 0: the axis
   *     is left as it is. Not modified.
   */
  public Smoother(Shape shape, double[] sigma) {
    this.shape = shape;
    Axis[] wanted = new Axis[shape.rank()];
    for (int axis = 0; axis < wanted.length; axis++) {
      wanted[axis] = Axis.of(shape, axis, sigma[axis]);
    }
    this.axes = Arrays.stream(wanted).filter(axis -> axis.weights.length > 1).toList();
  }

  /** Smooths. */
  public Tensor forward(Tensor x, Parallel parallel) {
    double[] field = x.toDoubleArray();
    for (Axis axis : axes) {
      axis.apply(field, parallel, false);
    }
    return Tensor.adopt(shape, field).cast(x.dataType());
  }

  /** The transpose of {@link #forward}: the axes in reverse, divided before they are convolved. */
  public Tensor adjoint(Tensor cotangent, Parallel parallel) {
    double[] field = cotangent.toDoubleArray();
    for (Axis axis : axes.reversed()) {
      axis.apply(field, parallel, true);
    }
    return Tensor.adopt(shape, field).cast(cotangent.dataType());
  }

  /** Weights along one axis: the middle one and those on one side; and one over their sums. */
  private static final class Axis {

    private final int extent;
    private final int stride;
    private final int lines;
    private final double[] weights;
    private final double[] inverseSums;

    private Axis(Shape shape, int axis, double[] weights) {
      this.extent = shape.extent(axis);
      this.stride = Shapes.inner(shape, axis);
      this.lines = extent == 0 ? 0 : shape.size() / extent;
      this.weights = weights;
      this.inverseSums = new double[extent];
      for (int i = 0; i < extent; i++) {
        inverseSums[i] = 1 / sumAt(i);
      }
    }

    static Axis of(Shape shape, int axis, double sigma) {
      int reach = (int) Math.min(Math.ceil(REACH * sigma), Math.max(0, shape.extent(axis) - 1));
      double[] weights = new double[reach + 1];
      for (int k = 0; k <= reach; k++) {
        weights[k] = k == 0 ? 1 : Math.exp(-0.5 * (k / sigma) * (k / sigma));
      }
      return new Axis(shape, axis, weights);
    }

    private double sumAt(int i) {
      double sum = 0;
      for (int k = 1 - weights.length; k < weights.length; k++) {
        sum += i + k >= 0 && i + k < extent ? weights[Math.abs(k)] : 0;
      }
      return sum;
    }

    void apply(double[] field, Parallel parallel, boolean transposed) {
      Chunks.cover(
          parallel,
          lines,
          BUNDLE,
          (from, to) -> {
            int[] starts = starts(from, to);
            double[][] rows = gather(field, starts, transposed);
            double[] sum = new double[starts.length];
            for (int i = 0; i < extent; i++) {
              convolve(rows, i, sum);
              scatter(sum, transposed ? 1 : inverseSums[i], field, starts, i);
            }
          });
    }

    private int[] starts(int from, int to) {
      int[] starts = new int[to - from];
      Arrays.setAll(starts, c -> (from + c) / stride * extent * stride + (from + c) % stride);
      return starts;
    }

    private double[][] gather(double[] field, int[] starts, boolean divided) {
      double[][] rows = new double[extent][starts.length];
      for (int i = 0; i < extent; i++) {
        double factor = divided ? inverseSums[i] : 1;
        for (int c = 0; c < starts.length; c++) {
          rows[i][c] = factor * field[starts[c] + i * stride];
        }
      }
      return rows;
    }

    private void scatter(double[] row, double factor, double[] field, int[] starts, int i) {
      for (int c = 0; c < starts.length; c++) {
        field[starts[c] + i * stride] = factor * row[c];
      }
    }

    private void convolve(double[][] rows, int i, double[] sum) {
      Arrays.fill(sum, 0);
      int first = Math.max(0, i - weights.length + 1);
      int last = Math.min(extent - 1, i + weights.length - 1);
      for (int k = first; k <= last; k++) {
        add(weights[Math.abs(i - k)], rows[k], sum);
      }
    }

    private static void add(double weight, double[] row, double[] sum) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += weight * row[c];
      }
    }
  }
}
