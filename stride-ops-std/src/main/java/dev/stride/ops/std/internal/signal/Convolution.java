package dev.stride.ops.std.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.operator.BilinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * Traces convolved or correlated with one kernel, or filtered by one.
 *
 * <p>{@code stride.convolve} computes {@code y[i] = sum_k kernel[k] x[i + o - k]} with samples
 * outside the trace taken as zero; {@code stride.correlate} the same with the kernel reversed;
 * {@code stride.fir} is the causal filter, with o = 0 and as many samples as x, which starts from
 * rest. For mode full {@code o = 0}; for same {@code o = (m - 1) / 2}, rounded down; for valid
 * {@code o = m - 1}, the samples that see the whole kernel. For a cotangent {@code g} the adjoint
 * is {@code sum_i g[i] kernel[i + o - j]} for sample j of x and, summed over the traces, {@code
 * sum_i g[i] x[i + o - k]} for element k of the kernel.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., n]<td>any
 *   <tr><td>kernel<td>[m]<td>any
 *   <tr><td>mode (optional, auxiliary; not of fir)<td>full (default), same or valid<td>
 *   <tr><td>y (output)<td>[..., n + m - 1] for full, [..., n] for same and fir, [..., n - m + 1]
 *       for valid<td>unit of x times unit of kernel
 * </table>
 *
 * <p>Sums in float64 directly if the shorter of trace and kernel has up to 32 elements; otherwise
 * by Fourier transforms of {@code N >= n + m - 1} numbers, in the type of x, with workspace of 5 N
 * numbers for each trace, 7 N in the adjoint for the kernel. Saves nothing; the adjoint sees both
 * arguments. Results do not depend on threads. Stateless but for a bounded cache of tables.
 */
final class Convolution extends BilinearOperator {

  private static final List<String> MODES = List.of("full", "same", "valid");

  private final Fourier fourier;
  private final boolean reversed;
  private final boolean causal;

  private Convolution(Fourier fourier, String name, boolean reversed, Port... auxiliary) {
    super(name, "x", "kernel", auxiliary);
    this.fourier = fourier;
    this.reversed = reversed;
    this.causal = auxiliary.length == 0;
  }

  /** Traces convolved with one kernel: {@code scipy.signal.convolve}. */
  static Convolution convolve(Fourier fourier) {
    return new Convolution(fourier, "stride.convolve", false, mode());
  }

  /** Traces correlated with one kernel: {@code scipy.signal.correlate}. */
  static Convolution correlate(Fourier fourier) {
    return new Convolution(fourier, "stride.correlate", true, mode());
  }

  /** Traces filtered by one kernel, causally and from rest: {@code scipy.signal.lfilter}. */
  static Convolution fir(Fourier fourier) {
    return new Convolution(fourier, "stride.fir", false);
  }

  private static Port mode() {
    return Port.auxiliary("mode", String.class).optional();
  }

  static List<Sample> samples() {
    return List.of(
        of(3, 12, 5),
        of(1, 12, 5).with("mode", "same"),
        of(2, 12, 4).with("mode", "valid"),
        of(1, 1, 1).with("mode", "valid").described("one element"),
        of(2, 3, 6).with("mode", "same").described("longer kernel"),
        of(2, 37, 33).described("by Fourier transforms"),
        of(1, 50, 34).with("mode", "valid").described("valid, by Fourier transforms"),
        of(Shape.of(2, 9), 4).described("rank 2"),
        of(Shape.of(2, 1, 2, 7), 3).described("rank 4"),
        of(Shape.of(0, 5), 3).described("no trace"),
        Sample.of(
                Singles.normal(Shape.of(2, 7)).times(1e6), Singles.normal(Shape.of(3)).times(1e-6))
            .described("large and small numbers"));
  }

  static List<Sample> samplesOfFilter() {
    return List.of(
        of(3, 12, 5),
        of(1, 1, 1).described("one element"),
        of(2, 3, 6).described("longer kernel"),
        of(2, 37, 33).described("by Fourier transforms"),
        of(Shape.of(2, 9), 4).described("rank 2"),
        of(Shape.of(2, 1, 2, 7), 3).described("rank 4"),
        of(Shape.of(0, 5), 3).described("no trace"),
        Sample.of(
                Singles.normal(Shape.of(2, 7)).times(1e6), Singles.normal(Shape.of(3)).times(1e-6))
            .described("large and small numbers"));
  }

  private static Sample of(int traces, int length, int kernel) {
    return of(traces == 1 ? Shape.of(length) : Shape.of(traces, 1, length), kernel);
  }

  private static Sample of(Shape shape, int kernel) {
    Tensor taps = Singles.normal(Shape.of(kernel)).map(v -> Math.sin(2 * v) + 0.2);
    return Sample.of(Singles.normal(shape), taps);
  }

  @Override
  protected void check(OperatorCall call, Tensor x, Tensor kernel) {
    Signals.checkTime(call, "x", x.shape());
    if (kernel.shape().rank() != 1 || kernel.size() == 0) {
      throw Operands.wrong(
          call,
          "`kernel` has shape "
              + kernel.shape()
              + "; it must be one line of one element or more. Reshape it before the call.");
    }
    String mode = modeOf(call);
    if (!causal && !MODES.contains(mode)) {
      throw Operands.wrong(
          call, "`mode` is \"" + mode + "\"; it must be one of " + MODES + ". Choose one.");
    }
    if (mode.equals("valid") && kernel.size() > x.shape().extent(-1)) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "x", x.shape(), "kernel", kernel.shape())
              + "; in mode valid the kernel must not be longer than the traces. Use mode same or"
              + " full, or a shorter kernel.");
    }
  }

  private String modeOf(OperatorCall call) {
    return !causal && call.has("mode") ? call.value("mode", String.class) : "full";
  }

  private Convolver convolver(OperatorCall call, int length, int kernel) {
    String mode = modeOf(call);
    int offset = mode.equals("same") ? (kernel - 1) / 2 : mode.equals("valid") ? kernel - 1 : 0;
    int count =
        causal || mode.equals("same")
            ? length
            : mode.equals("valid") ? length - kernel + 1 : length + kernel - 1;
    return new Convolver(fourier, length, kernel, offset, count);
  }

  private Tensor inOrder(Tensor kernel) {
    return reversed ? Convolver.reversed(kernel) : kernel;
  }

  @Override
  protected Tensor product(OperatorCall call, Tensor x, Tensor kernel) {
    return convolver(call, x.shape().extent(-1), kernel.size())
        .forward(x, inOrder(kernel), call.parallel());
  }

  @Override
  protected Tensor towardsA(OperatorCall call, Tensor cotangent, Tensor kernel, Shape x) {
    return convolver(call, x.extent(-1), kernel.size())
        .towardsTraces(cotangent, inOrder(kernel), call.parallel());
  }

  @Override
  protected Tensor towardsB(OperatorCall call, Tensor cotangent, Tensor x, Shape kernel) {
    return inOrder(
        convolver(call, x.shape().extent(-1), kernel.size())
            .towardsKernel(cotangent, x, call.parallel()));
  }

  @Override
  protected long work(Shape x, Shape kernel) {
    return (long) x.size() * Math.min(kernel.size(), 100);
  }
}
