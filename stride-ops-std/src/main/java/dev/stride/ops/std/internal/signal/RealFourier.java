package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The discrete Fourier transform of real numbers over the last one, two or three axes: the half of
 * the spectrum that tells the other.
 *
 * <p>Computes {@code y[k] = sum_j exp(-2 pi i j k / n) x[j]} for {@code k = 0 .. n/2} along the
 * last axis and for all {@code k} along the others. Gradients are those of the real inner product
 * over the half spectrum, every number of it counted once: for a pair of cotangents {@code g} the
 * adjoint is {@code Re sum_k exp(2 pi i j k / n) g[k]} over the half spectrum.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., n]<td>any
 *   <tr><td>axes (optional, auxiliary)<td>number of last axes, 1 (default), 2 or 3<td>1
 *   <tr><td>real, imaginary (outputs)<td>[..., n/2 + 1]<td>as x
 * </table>
 *
 * <p>Any extents; see {@link Fourier} for workspace and accuracy. Saves shapes. Deterministic:
 * results do not depend on threads. Stateless but for a bounded cache of tables.
 */
final class RealFourier extends PairOperator {

  private final Fourier fourier;

  RealFourier(Fourier fourier) {
    super(
        "stride.real-fft", List.of("x"), COMPLEX, Port.auxiliary("axes", Number.class).optional());
    this.fourier = fourier;
  }

  static List<Sample> samples() {
    return List.of(
        of(12),
        of(1).described("one number"),
        of(2).described("two numbers"),
        of(3, 31).described("prime"),
        of(2, 1, 35).described("odd, rank 3"),
        of(2, 2, 3, 8).described("rank 4"),
        of(9, 10).with("axes", 2).described("two axes"),
        of(2, 3, 4, 5).with("axes", 3).described("three axes"),
        Sample.of(Singles.normal(Shape.of(2, 16)).times(1e6)).described("large numbers"),
        of(0, 8).described("no trace"),
        Sample.of(Singles.normal(Shape.of(2, 9)).times(1e-6)).described("small numbers"));
  }

  private static Sample of(int... extents) {
    return Sample.of(Singles.normal(Shape.of(extents)));
  }

  @Override
  PairMap map(Shape x, OperatorCall call) {
    return new Transform(fourier, x, Signals.axes(call, "x", x));
  }

  private record Transform(Fourier fourier, Shape from, int axes) implements PairMap {

    @Override
    public Shape to() {
      return Shapes.with(from, from.rank() - 1, from.extent(-1) / 2 + 1);
    }

    @Override
    public List<Tensor> forward(List<Tensor> x, Parallel parallel) {
      Fourier.Pair y = fourier.half(x.getFirst(), axes, 1, 1, false, parallel);
      return List.of(y.real(), y.imaginary());
    }

    @Override
    public List<Tensor> adjoint(List<Tensor> g, Parallel parallel) {
      Fourier.Pair pair = new Fourier.Pair(g.get(0), g.get(1));
      return List.of(fourier.whole(pair, from.extent(-1), axes, 1, 0.5, true, parallel));
    }
  }
}
