package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/** Refuses traces whose envelope vanishes at a sample, where they have no phase. */
final class QuietSamples {

  /** Smallest envelope, as a share of the largest one of the trace. */
  private static final double SMALLEST = 1e-6;

  /** What the device finds below this share the host looks at again, in float64. */
  private static final double SUSPECT = 1.001 * SMALLEST;

  private static final Code ENVELOPE = Code.of("hypot(x, h)", "x", "h");

  private final Reduction smallest;
  private final Reduction largest;

  QuietSamples(ComputeDevice device, String operator) {
    this.smallest = new Reduction(device, operator, Fold.SMALLEST);
    this.largest = new Reduction(device, operator, Fold.LARGEST);
  }

  /** Waits for the smallest and the largest envelope of each trace. */
  void refuse(OperatorCall call, Tensor x, Tensor h) {
    boolean[] time = new boolean[x.shape().rank()];
    time[time.length - 1] = true;
    Axes axes = Axes.of(x.shape(), time, false);
    try (Scratch scratch = new Scratch()) {
      List<Tensor> operands = List.of(x, h);
      Tensor least = scratch.keep(smallest.compute(ENVELOPE, axes, 1, operands));
      Tensor most = scratch.keep(largest.compute(ENVELOPE, axes, 1, operands));
      for (int trace = 0; trace < least.size(); trace++) {
        if (least.at(trace) <= SUSPECT * most.at(trace)) {
          check(call, x.toHeap(), h.toHeap(), trace);
        }
      }
    }
  }

  private static void check(OperatorCall call, Tensor x, Tensor h, int trace) {
    int length = x.shape().extent(-1);
    int from = trace * length;
    double most = 0;
    for (int i = from; i < from + length; i++) {
      most = Math.max(most, Math.hypot(x.at(i), h.at(i)));
    }
    for (int i = from; i < from + length; i++) {
      double envelope = Math.hypot(x.at(i), h.at(i));
      if (envelope <= SMALLEST * most) {
        throw Operands.wrong(
            call,
            "the envelope of `x`, which has shape "
                + x.shape()
                + ", is "
                + envelope
                + " at sample "
                + (i - from)
                + " of trace "
                + trace
                + ", the largest of the trace "
                + most
                + "; there is no phase where it is below "
                + SMALLEST
                + " of the largest. Cut the quiet part off with stride.slice, or add a little"
                + " noise.");
      }
    }
  }
}
