package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.LineTransform.Lines;

/**
 * Fourier transforms on a device over the last axes of tensors, of any extents.
 *
 * <p>A transform is a series of passes over all lines, one command each; prime factors up to 61
 * have passes of their own, other lengths are convolutions with a chirp. Real numbers of an even
 * extent take a complex transform of half that. Roots of unity are computed in float64 on the host;
 * passes compute in the type of the elements. Results are the same bits in every run. Thread-safe.
 */
public final class Fourier {

  private final ComputeDevice device;
  private final Tables tables;
  private final String operator;

  /**
   * Transforms on a device.
   *
   * @param tables of that device
   * @param operator on whose behalf, which messages name
   */
  public Fourier(ComputeDevice device, Tables tables, String operator) {
    this.device = device;
    this.tables = tables;
    this.operator = operator;
  }

  /**
   * {@code y[k] = scale sum_j exp(-+2 pi i j k / n) x[j]} over each of the last axes.
   *
   * @param axes how many, at least 1 and at most the rank
   * @param inverse whether the sign in the exponent is positive
   */
  public Pair complex(Pair x, int axes, boolean inverse, double scale) {
    Pair y = allocate(x.shape(), x.type());
    if (x.shape().size() > 0) {
      try (Commands commands = new Commands(device, operator)) {
        addAxes(commands, x.shape(), 0, axes, inverse, scale, numbers(x), numbers(y));
        commands.run();
      }
    }
    return y;
  }

  /**
   * Half spectra {@code y[k] = f sum_j exp(-2 pi i j k / n) x[j]} of real numbers: {@code n / 2 +
   * 1} of them along the last axis, all along the others.
   *
   * @param axes how many of the last axes
   * @param ends {@code f} of what is its own conjugate along the last axis: the first number, and
   *     the last of an even extent
   * @param middle {@code f} of the others
   */
  public Pair half(Tensor x, int axes, double ends, double middle) {
    int length = x.shape().extent(-1);
    Shape shape = with(x.shape(), length / 2 + 1);
    Pair y = allocate(shape, x.dataType());
    if (shape.size() > 0) {
      try (Commands commands = new Commands(device, operator)) {
        Numbers halves = axes == 1 ? numbers(y) : commands.numbers(shape.size(), x.dataType());
        real(commands, x, length).addHalves(x, halves, ends, middle);
        addAxes(commands, shape, 1, axes, false, 1, halves, numbers(y));
        commands.run();
      }
    }
    return y;
  }

  /**
   * Real numbers from half spectra: the transpose of {@link #half} with half its factors in the
   * middle, and with {@code 1 / n} for all factors its inverse.
   *
   * @param length of the last axis of the result
   */
  public Tensor whole(Pair x, int length, int axes, double ends, double middle) {
    Shape shape = with(x.shape(), length);
    Tensor y = device.allocate(shape, x.type(), operator + " " + shape);
    if (shape.size() > 0) {
      try (Commands commands = new Commands(device, operator)) {
        Numbers halves = axes == 1 ? numbers(x) : commands.numbers(x.shape().size(), x.type());
        addAxes(commands, x.shape(), 1, axes, true, 1, numbers(x), halves);
        real(commands, y, length).addWholes(halves, y, ends, middle);
        commands.run();
      }
    }
    return y;
  }

  private RealLines real(Commands commands, Tensor lines, int length) {
    return new RealLines(device, tables, commands, lines.dataType(), lines.size() / length, length);
  }

  /** Adds complex transforms along some axes, counted from the last; nothing if there are none. */
  private void addAxes(
      Commands commands,
      Shape shape,
      int first,
      int end,
      boolean inverse,
      double scale,
      Numbers from,
      Numbers to) {
    LineTransform transform = new LineTransform(device, tables, commands, to.type());
    Numbers at = from;
    for (int axis = first; axis < end; axis++) {
      boolean last = axis == end - 1;
      Numbers next = last ? to : commands.numbers(shape.size(), to.type());
      Lines lines = lines(shape, shape.rank() - 1 - axis);
      transform.add(
          lines, inverse ? at.swapped() : at, inverse ? next.swapped() : next, last ? scale : 1);
      at = next;
    }
  }

  private static Lines lines(Shape shape, int axis) {
    int inner = 1;
    for (int behind = axis + 1; behind < shape.rank(); behind++) {
      inner *= shape.extent(behind);
    }
    return new Lines(shape.size() / inner / shape.extent(axis), shape.extent(axis), inner);
  }

  private Numbers numbers(Pair pair) {
    return Numbers.of(pair, device);
  }

  private Pair allocate(Shape shape, DataType type) {
    String holder = operator + " " + shape;
    return new Pair(device.allocate(shape, type, holder), device.allocate(shape, type, holder));
  }

  private static Shape with(Shape shape, int last) {
    int[] extents = shape.toArray();
    extents[extents.length - 1] = last;
    return Shape.of(extents);
  }

  /** A number as kernels for a type of elements take it. */
  static Object number(double value, DataType type) {
    if (type == DataType.FLOAT64) {
      return value;
    }
    return (float) value;
  }
}
