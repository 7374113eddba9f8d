package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * The variance over axes, or its square root, on a device; of ports and meaning as {@code
 * stride.variance} and {@code stride.standard-deviation} of the standard pack. In two passes.
 * Stateless.
 */
final class Variance extends ReducingOperator {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code SQUARE = Code.of("(x - mean) * (x - mean)", "x", "mean");
  private static final Code ROOT = Code.of("sqrt(x)", "x");

  private final boolean root;
  private final Reduction sums;

  private Variance(String name, boolean root, ComputeDevice device, String slope) {
    super(name, device, "ddof", 0, slope);
    this.root = root;
    this.sums = reduction(device, Fold.SUM);
  }

  static Variance variance(ComputeDevice device) {
    return new Variance(
        "stride.variance", false, device, "cotangent * ((x - statistic) * 2 / (size - number))");
  }

  static Variance deviation(ComputeDevice device) {
    return new Variance(
        "stride.standard-deviation",
        true,
        device,
        "y == 0 ? 0 : cotangent * ((x - statistic) / ((size - number) * y))");
  }

  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ReductionSamples.of(Domain.ALL));
    samples.add(samples.get(1).with("ddof", 1).described("ddof 1 of columns"));
    return samples;
  }

  @Override
  Tensor reduced(OperatorCall call, Tensor x, Axes axes, double ddof, Scratch scratch) {
    Tensor mean = scratch.keep(mean(x, axes));
    double freedom = Math.max(0, axes.length() - ddof);
    Tensor variance = sums.compute(SQUARE, axes, freedom, List.of(x, mean));
    return root ? elements().compute(ROOT, axes.to(), List.of(scratch.keep(variance))) : variance;
  }

  private Tensor mean(Tensor x, Axes axes) {
    return sums.compute(ITSELF, axes, axes.length(), List.of(x)).reshape(axes.kept());
  }

  @Override
  Tensor statistic(Tensor x, Tensor y, Axes axes) {
    return mean(x, axes);
  }
}
