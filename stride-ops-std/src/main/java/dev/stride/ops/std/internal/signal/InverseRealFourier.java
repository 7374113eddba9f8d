package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * Real numbers from half a spectrum: the inverse of {@code stride.real-fft}.
 *
 * <p>Along the last axis computes {@code y[j] = 1/n sum_k w[k] Re(exp(2 pi i j k / n) x[k])} over
 * the half spectrum, after the inverse transforms along the others; {@code w} is 2, but 1 for
 * {@code k = 0} and, if n is even, {@code k = n/2}, of which the imaginary parts are not used. For
 * a cotangent {@code g} the adjoint in the real inner product is {@code 1/n w[k] sum_j exp(-2 pi i
 * j k / n) g[j]}, forward transforms along the others.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>real, imaginary<td>[..., n/2 + 1]<td>any
 *   <tr><td>length (auxiliary)<td>n, extent of the last axis of y<td>1
 *   <tr><td>axes (optional, auxiliary)<td>number of last axes, 1 (default), 2 or 3<td>1
 *   <tr><td>y (output)<td>[..., n]<td>as the inputs
 * </table>
 *
 * <p>Any extents; see {@link Fourier} for workspace and accuracy. Saves shapes. Deterministic:
 * results do not depend on threads. Stateless but for a bounded cache of tables.
 */
final class InverseRealFourier extends PairOperator {

  private final Fourier fourier;

  InverseRealFourier(Fourier fourier) {
    super(
        "stride.inverse-real-fft",
        COMPLEX,
        List.of("y"),
        Port.auxiliary("length", Number.class),
        Port.auxiliary("axes", Number.class).optional());
    this.fourier = fourier;
  }

  static List<Sample> samples() {
    return List.of(
        of(12, 7),
        of(1, 3, 1).with("axes", 2).described("one number along the last axis"),
        of(2, 3, 2).with("axes", 2).described("two numbers along the last axis"),
        of(31, 3, 16).described("prime"),
        of(35, 2, 1, 18).described("odd, rank 3"),
        of(8, 2, 2, 3, 5).described("rank 4"),
        of(10, 9, 6).with("axes", 2).described("two axes"),
        of(5, 2, 3, 4, 3).with("axes", 3).described("three axes"),
        Sample.of(
                Singles.normal(Shape.of(2, 9)).times(1e6),
                Singles.normal(Shape.of(2, 9)).times(-1e6),
                16)
            .described("large numbers"),
        of(8, 0, 5).described("no trace"),
        Sample.of(
                Singles.normal(Shape.of(2, 5)).times(1e-6),
                Singles.normal(Shape.of(2, 5)).times(1e-6),
                9)
            .described("small numbers"));
  }

  private static Sample of(int length, int... extents) {
    Tensor real = Singles.normal(Shape.of(extents));
    return Sample.of(real, real.map(v -> Math.sin(3 * v)), length);
  }

  @Override
  PairMap map(Shape x, OperatorCall call) {
    int axes = Signals.axes(call, "real", x);
    int length = call.integer("length");
    if (length < 1 || x.extent(-1) != length / 2 + 1) {
      throw Operands.wrong(
          call,
          "`length` is "
              + length
              + ", but `real` has shape "
              + x
              + ", the half spectrum of "
              + Math.max(1, 2 * x.extent(-1) - 2)
              + " or "
              + (2 * x.extent(-1) - 1)
              + " numbers. Give one of these lengths.");
    }
    return new Transform(fourier, x, length, axes);
  }

  private record Transform(Fourier fourier, Shape from, int length, int axes) implements PairMap {

    @Override
    public Shape to() {
      return Shapes.with(from, from.rank() - 1, length);
    }

    private double scale() {
      return 1 / Signals.points(to(), axes);
    }

    @Override
    public List<Tensor> forward(List<Tensor> x, Parallel parallel) {
      Fourier.Pair pair = new Fourier.Pair(x.get(0), x.get(1));
      return List.of(fourier.whole(pair, length, axes, scale(), scale(), true, parallel));
    }

    @Override
    public List<Tensor> adjoint(List<Tensor> g, Parallel parallel) {
      Fourier.Pair y = fourier.half(g.getFirst(), axes, scale(), 2 * scale(), false, parallel);
      return List.of(y.real(), y.imaginary());
    }
  }
}
