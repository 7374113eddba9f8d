package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The discrete Fourier transform of complex numbers over the last one, two or three axes, or its
 * inverse.
 *
 * <p>Forward, {@code stride.fft}, computes {@code y[k] = sum_j exp(-2 pi i j k / n) x[j]} along
 * each axis; the inverse, {@code stride.inverse-fft}, {@code y[k] = 1/n sum_j exp(2 pi i j k / n)
 * x[j]}. Complex numbers are pairs of tensors, and gradients are those of the real inner product
 * {@code <a, b> = sum(re a re b + im a im b)}: for a pair of cotangents {@code g} the adjoint of
 * the transform is {@code sum_k exp(2 pi i j k / n) g[k]}, without the factor {@code 1/n}; that of
 * the inverse is {@code 1/n sum_k exp(-2 pi i j k / n) g[k]}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>real, imaginary<td>[..., time]<td>any
 *   <tr><td>axes (optional, auxiliary)<td>number of last axes, 1 (default), 2 or 3<td>1
 *   <tr><td>real, imaginary (outputs)<td>as the inputs; frequency k / n cycles a sample, those of
 *       {@code k > n/2} negative<td>as the inputs
 * </table>
 *
 * <p>Any extents; see {@link Fourier} for workspace and accuracy. Saves shapes. Deterministic:
 * results do not depend on threads. Stateless but for a bounded cache of tables.
 */
final class ComplexFourier extends PairOperator {

  private final Fourier fourier;
  private final boolean inverse;

  ComplexFourier(Fourier fourier, boolean inverse) {
    super(
        inverse ? "stride.inverse-fft" : "stride.fft",
        COMPLEX,
        COMPLEX,
        Port.auxiliary("axes", Number.class).optional());
    this.fourier = fourier;
    this.inverse = inverse;
  }

  static List<Sample> samples() {
    return List.of(
        of(12),
        of(1).described("one number"),
        of(3, 31).described("prime"),
        of(2, 1, 35).described("odd, rank 3"),
        of(2, 2, 3, 8).described("rank 4"),
        of(9, 10).with("axes", 2).described("two axes"),
        of(2, 3, 4, 5).with("axes", 3).described("three axes"),
        Sample.of(
                Singles.normal(Shape.of(2, 16)).times(1e6),
                Singles.normal(Shape.of(2, 16)).times(-1e6))
            .described("large numbers"),
        of(0, 4).described("no trace"),
        Sample.of(
                Singles.normal(Shape.of(2, 9)).times(1e-6),
                Singles.normal(Shape.of(2, 9)).times(1e-6))
            .described("small numbers"));
  }

  private static Sample of(int... extents) {
    Tensor real = Singles.normal(Shape.of(extents));
    return Sample.of(real, real.map(v -> Math.sin(3 * v)));
  }

  @Override
  PairMap map(Shape x, OperatorCall call) {
    int axes = Signals.axes(call, "real", x);
    return new Transform(fourier, x, axes, inverse);
  }

  private record Transform(Fourier fourier, Shape from, int axes, boolean inverse)
      implements PairMap {

    @Override
    public Shape to() {
      return from;
    }

    @Override
    public List<Tensor> forward(List<Tensor> x, Parallel parallel) {
      return apply(x, inverse, parallel);
    }

    @Override
    public List<Tensor> adjoint(List<Tensor> cotangents, Parallel parallel) {
      return apply(cotangents, !inverse, parallel);
    }

    private List<Tensor> apply(List<Tensor> x, boolean backward, Parallel parallel) {
      double scale = inverse ? 1 / Signals.points(from, axes) : 1;
      Fourier.Pair pair = new Fourier.Pair(x.get(0), x.get(1));
      Fourier.Pair y = fourier.complex(pair, axes, backward, scale, parallel);
      return List.of(y.real(), y.imaginary());
    }
  }
}
