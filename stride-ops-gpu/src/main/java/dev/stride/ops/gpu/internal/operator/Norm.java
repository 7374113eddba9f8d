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
 * The p-norm over axes, on a device; of ports and meaning as {@code stride.norm} of the standard
 * pack. Without overflow or underflow: elements are divided by the largest one first. Stateless.
 */
final class Norm extends ReducingOperator {

  private static final Code SIZE = Code.of("fabs(x)", "x");
  private static final Code TIES = Code.of("fabs(x) == y ? 1 : 0", "x", "y");
  private static final Code SQUARES = Code.of("(x / unit) * (x / unit)", "x", "unit");
  private static final Code POWERS = withP("power(fabs(x) / unit, p)", "x", "unit");
  private static final Code ROOT = Code.of("sqrt(sum) * unit", "sum", "unit");
  private static final Code ANY_ROOT = withP("power(sum, 1 / p) * unit", "sum", "unit");

  /** What is divided by: where all is 0 or something is infinite, nothing is to be done. */
  private static final Code UNIT = Code.of("most == 0 || isinf(most) ? 1 : most", "most");

  private static final String OF_ONE = "cotangent * sgn(x)";
  private static final String OF_TWO = "y == 0 ? 0 : cotangent * (x / y)";
  private static final String OF_INFINITY =
      "fabs(x) == y ? cotangent * (sgn(x) / statistic) : y == y ? 0 : cotangent * y";
  private static final String OF_ANY =
      "y == 0 ? 0 : cotangent * (sgn(x) * power(fabs(x) / y, number - 1))";

  private final ComputeDevice device;
  private final Reduction sums;
  private final Reduction largest;

  Norm(ComputeDevice device) {
    super("stride.norm", device, "p", 2, OF_ONE, OF_TWO, OF_INFINITY, OF_ANY);
    this.device = device;
    this.sums = reduction(device, Fold.SUM);
    this.largest = reduction(device, Fold.LARGEST);
  }

  private static Code withP(String text, String... operands) {
    return new Code(text, List.of(operands), List.of("p"));
  }

  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ReductionSamples.of(Domain.NOT_ZERO));
    Sample all = samples.getFirst();
    samples.add(all.with("p", 1).described("p = 1"));
    samples.add(all.with("p", 3).described("p = 3"));
    samples.add(all.with("p", 1.5).described("p = 1.5"));
    ReductionSamples.untied().subList(0, 1).stream()
        .map(sample -> sample.with("p", Double.POSITIVE_INFINITY))
        .forEach(samples::add);
    return samples;
  }

  @Override
  int kind(double p) {
    if (p == 1) {
      return 0;
    }
    if (p == 2) {
      return 1;
    }
    return p == Double.POSITIVE_INFINITY ? 2 : 3;
  }

  @Override
  Tensor reduced(OperatorCall call, Tensor x, Axes axes, double p, Scratch scratch) {
    if (!(p >= 1)) {
      throw Operands.wrong(call, "`p` is " + p + "; it must be at least 1. Leave it out for 2.");
    }
    if (x.size() == 0) {
      return device.filled(axes.kept(), x.dataType(), 0);
    }
    if (p == 1) {
      return sums.compute(SIZE, axes, 1, List.of(x));
    }
    Tensor most = largest.compute(SIZE, axes, 1, List.of(x)).reshape(axes.kept());
    return p == Double.POSITIVE_INFINITY ? most : root(x, axes, p, scratch.keep(most), scratch);
  }

  private Tensor root(Tensor x, Axes axes, double p, Tensor most, Scratch scratch) {
    Tensor unit = scratch.keep(elements().compute(UNIT, axes.kept(), List.of(most)));
    boolean squares = p == 2;
    Tensor sum =
        squares
            ? sums.compute(SQUARES, axes, 1, List.of(x, unit))
            : sums.compute(POWERS, axes, 1, List.of(x, unit), p);
    List<Tensor> operands = List.of(scratch.keep(sum.reshape(axes.kept())), unit);
    return squares
        ? elements().compute(ROOT, axes.kept(), operands)
        : elements().compute(ANY_ROOT, axes.kept(), operands, p);
  }

  @Override
  Tensor statistic(Tensor x, Tensor y, Axes axes) {
    return sums.compute(TIES, axes, 1, List.of(x, y));
  }
}
