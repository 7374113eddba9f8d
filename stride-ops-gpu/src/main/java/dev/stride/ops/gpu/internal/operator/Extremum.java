package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/**
 * The largest or the smallest element over axes, on a device; of ports and meaning as {@code
 * stride.max} and {@code stride.min} of the standard pack. The adjoint shares the cotangent equally
 * among the elements that are the result. Stateless.
 */
final class Extremum extends ReducingOperator {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code TIES = Code.of("x == y ? 1 : 0", "x", "y");
  private static final String SHARE = "x == y ? cotangent / statistic : y == y ? 0 : cotangent * y";

  private final Reduction fold;
  private final Reduction sums;

  private Extremum(String name, ComputeDevice device, Fold fold) {
    super(name, device, null, 0, SHARE);
    this.fold = reduction(device, fold);
    this.sums = reduction(device, Fold.SUM);
  }

  static Extremum largest(ComputeDevice device) {
    return new Extremum("stride.max", device, Fold.LARGEST);
  }

  static Extremum smallest(ComputeDevice device) {
    return new Extremum("stride.min", device, Fold.SMALLEST);
  }

  static List<Sample> samples() {
    return ReductionSamples.untied();
  }

  @Override
  Tensor reduced(OperatorCall call, Tensor x, Axes axes, double given, Scratch scratch) {
    if (x.size() == 0 && axes.slices() > 0) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x.shape()
              + ", so there is no element to choose. Give at least one along the axes that are"
              + " reduced.");
    }
    return fold.compute(ITSELF, axes, 1, List.of(x));
  }

  @Override
  Tensor statistic(Tensor x, Tensor y, Axes axes) {
    return sums.compute(TIES, axes, 1, List.of(x, y));
  }
}
