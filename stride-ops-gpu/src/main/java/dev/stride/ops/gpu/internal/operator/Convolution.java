package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.LaggedProducts;
import dev.stride.ops.gpu.internal.kernel.LaggedProducts.Lags;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * Traces convolved or correlated with one kernel, or filtered by one, on a device; of ports and
 * meaning as {@code stride.convolve}, {@code stride.correlate} and {@code stride.fir} of the
 * standard pack. Sums directly, whatever the length. Stateless.
 */
final class Convolution extends BilinearOperator {

  private static final List<String> MODES = List.of("full", "same", "valid");
  private static final Code ITSELF = Code.of("x", "x");

  private final boolean reversed;
  private final boolean causal;
  private final LaggedProducts products;
  private final Reduction sums;

  private Convolution(String name, boolean reversed, ComputeDevice device, Port... auxiliary) {
    super(name, device, "x", "kernel", auxiliary);
    this.reversed = reversed;
    this.causal = auxiliary.length == 0;
    this.products = new LaggedProducts(device, name);
    this.sums = new Reduction(device, name);
  }

  static Convolution convolve(ComputeDevice device) {
    return new Convolution("stride.convolve", false, device, mode());
  }

  static Convolution correlate(ComputeDevice device) {
    return new Convolution("stride.correlate", true, device, mode());
  }

  static Convolution fir(ComputeDevice device) {
    return new Convolution("stride.fir", false, device);
  }

  private static Port mode() {
    return Port.auxiliary("mode", String.class).optional();
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(3, 12), 5),
        of(Shape.of(12), 5).with("mode", "same"),
        of(Shape.of(2, 1, 12), 4).with("mode", "valid"));
  }

  static List<Sample> samplesOfFilter() {
    return List.of(of(Shape.of(3, 12), 5), of(Shape.of(3), 6).described("longer kernel"));
  }

  private static Sample of(Shape shape, int kernel) {
    Tensor taps = Domain.ALL.of(Shape.of(kernel), 23).map(v -> Math.sin(2 * v) + 0.2);
    return Sample.of(Domain.ALL.of(shape, 23), taps);
  }

  @Override
  protected Bilinear bilinear(OperatorCall call, Tensor x, Tensor kernel) {
    if (x.shape().rank() == 0 || x.shape().extent(-1) == 0) {
      throw Operands.wrong(call, noTime(x.shape()));
    }
    if (kernel.shape().rank() != 1 || kernel.size() == 0) {
      throw Operands.wrong(
          call,
          "`kernel` has shape "
              + kernel.shape()
              + "; it must be one line of one element or more. Reshape it before the call.");
    }
    String mode = !causal && call.has("mode") ? call.value("mode", String.class) : "full";
    if (!causal && !MODES.contains(mode)) {
      throw Operands.wrong(
          call, "`mode` is \"" + mode + "\"; it must be one of " + MODES + ". Choose one.");
    }
    if (mode.equals("valid") && kernel.size() > x.shape().extent(-1)) {
      throw Operands.wrong(
          call,
          Operands.shapes("x", x, "kernel", kernel)
              + "; in mode valid the kernel must not be longer than the traces. Use mode same or"
              + " full, or a shorter kernel.");
    }
    return new Convolved(x.shape(), kernel.size(), mode);
  }

  private static String noTime(Shape x) {
    return "`x` has shape "
        + x
        + "; its last axis must be time, with one sample or more. Give at least one sample.";
  }

  private final class Convolved implements Bilinear {

    private final Shape x;
    private final int size;
    private final int offset;
    private final int count;

    Convolved(Shape x, int size, String mode) {
      int length = x.extent(-1);
      this.x = x;
      this.size = size;
      this.offset = mode.equals("same") ? (size - 1) / 2 : mode.equals("valid") ? size - 1 : 0;
      this.count =
          causal || mode.equals("same")
              ? length
              : mode.equals("valid") ? length - size + 1 : length + size - 1;
    }

    @Override
    public Tensor product(Tensor traces, Tensor kernel) {
      Lags lags = new Lags(offset, 1, -1, reversed, false);
      return products.compute(lines(count), kernel, traces, lags);
    }

    @Override
    public Tensor towardsA(Tensor cotangent, Tensor kernel) {
      Lags lags = new Lags(-offset, 1, 1, reversed, false);
      return products.compute(x, kernel, cotangent, lags);
    }

    @Override
    public Tensor towardsB(Tensor cotangent, Tensor traces) {
      int number = traces.size() / x.extent(-1);
      Lags lags = new Lags(offset, -1, 1, false, reversed);
      Shape all = Shape.of(number, size);
      Tensor each =
          products.compute(
              all,
              cotangent.reshape(Shape.of(number, count)),
              traces.reshape(Shape.of(number, x.extent(-1))),
              lags);
      if (number == 1) {
        return each.reshape(Shape.of(size));
      }
      try (Scratch scratch = new Scratch()) {
        Axes traced = Axes.of(all, new boolean[] {true, false}, false);
        return sums.compute(ITSELF, traced, 1, List.of(scratch.keep(each)));
      }
    }

    private Shape lines(int extent) {
      int[] extents = x.toArray();
      extents[extents.length - 1] = extent;
      return Shape.of(extents);
    }
  }
}
