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
 * The logarithm of the sum of exponentials over axes, on a device; of ports and meaning as {@code
 * stride.logsumexp} of the standard pack. Without overflow: the largest element is taken out first.
 * Stateless.
 */
final class LogSumExp extends ReducingOperator {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code SMALLER = Code.of("exp(x - most)", "x", "most");
  private static final Code RESULT = Code.of("log(sum) + most", "sum", "most");

  /** What is subtracted: a largest element that is infinite would give NaN. */
  private static final Code FINITE = Code.of("x - x == 0 ? x : 0", "x");

  private final Reduction sums;
  private final Reduction largest;

  LogSumExp(ComputeDevice device) {
    super("stride.logsumexp", device, null, 0, "cotangent * exp(x - y)");
    this.sums = reduction(device, Fold.SUM);
    this.largest = reduction(device, Fold.LARGEST);
  }

  static List<Sample> samples() {
    return ReductionSamples.of(Domain.ALL);
  }

  @Override
  Tensor reduced(OperatorCall call, Tensor x, Axes axes, double given, Scratch scratch) {
    Tensor any = scratch.keep(largest.compute(ITSELF, axes, 1, List.of(x)).reshape(axes.kept()));
    Tensor most = scratch.keep(elements().compute(FINITE, axes.kept(), List.of(any)));
    Tensor sum =
        scratch.keep(sums.compute(SMALLER, axes, 1, List.of(x, most)).reshape(axes.kept()));
    return elements().compute(RESULT, axes.kept(), List.of(sum, most));
  }
}
