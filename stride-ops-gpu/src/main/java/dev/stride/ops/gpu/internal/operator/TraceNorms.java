package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;

/** Norms of traces, {@code sqrt(sum(x^2) + epsilon^2)}, without overflow. */
final class TraceNorms {

  private static final Code SIZE = Code.of("fabs(x)", "x");
  private static final Code SQUARES = Code.of("(x / unit) * (x / unit)", "x", "unit");
  private static final Code UNIT =
      new Code("greatest(most, epsilon)", List.of("most"), List.of("epsilon"));
  private static final Code NORM =
      new Code(
          "unit * sqrt(sum + (epsilon / unit) * (epsilon / unit))",
          List.of("sum", "unit"),
          List.of("epsilon"));

  private final Elements elements;
  private final Reduction sums;
  private final Reduction largest;

  TraceNorms(ComputeDevice device, String operator) {
    this.elements = new Elements(device, operator);
    this.sums = new Reduction(device, operator);
    this.largest = new Reduction(device, operator, Fold.LARGEST);
  }

  /** The last axis as the one that is removed and kept. */
  static Axes axes(Shape traces) {
    boolean[] removed = new boolean[traces.rank()];
    removed[removed.length - 1] = true;
    return Axes.of(traces, removed, true);
  }

  /**
   * The norms, {@code [..., 1]}. Where epsilon is 0 it waits for the largest sizes.
   *
   * @param refusal of a trace of zeros: what it lacks, and what to do
   */
  Tensor of(OperatorCall call, String port, Tensor traces, double epsilon, String refusal) {
    Axes axes = axes(traces.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor most = scratch.keep(largest.compute(SIZE, axes, 1, List.of(traces)));
      if (epsilon == 0) {
        requireSome(call, port, most, refusal);
      }
      Tensor unit = scratch.keep(elements.compute(UNIT, axes.kept(), List.of(most), epsilon));
      Tensor sum = scratch.keep(sums.compute(SQUARES, axes, 1, List.of(traces, unit)));
      return elements.compute(NORM, axes.kept(), List.of(sum, unit), epsilon);
    }
  }

  private static void requireSome(OperatorCall call, String port, Tensor most, String refusal) {
    double[] sizes = most.toDoubleArray();
    for (int trace = 0; trace < sizes.length; trace++) {
      if (sizes[trace] == 0) {
        throw Operands.wrong(
            call, "trace " + trace + " of `" + port + "` is zero throughout and " + refusal);
      }
    }
  }
}
