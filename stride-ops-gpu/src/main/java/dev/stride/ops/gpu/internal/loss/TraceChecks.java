package dev.stride.ops.gpu.internal.loss;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.Arrays;
import java.util.List;

/** Checks of losses over traces. */
final class TraceChecks {

  static final String MODELLED = "modelled";
  static final String OBSERVED = "observed";
  static final String WEIGHTS = "weights";

  private TraceChecks() {}

  /** Checks that there is a last axis with a sample on it. */
  private static void time(OperatorCall call, String port, Shape shape) {
    if (shape.rank() == 0 || shape.extent(-1) == 0) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has shape "
              + shape
              + "; its last axis must be time, with one sample or more.");
    }
  }

  /** Checks that two tensors have one type and one shape, the last axis of which is time. */
  static void alike(OperatorCall call, Tensor modelled, Tensor observed) {
    Operands.sameType(call, List.of(MODELLED, OBSERVED), List.of(modelled, observed));
    Operands.sameShape(call, MODELLED, modelled, OBSERVED, observed);
    time(call, MODELLED, modelled.shape());
  }

  /** Checks that there is one weight for each trace. */
  static void weights(OperatorCall call, Tensor modelled, String port) {
    Tensor weights = call.tensor(port);
    Operands.sameType(call, List.of(MODELLED, port), List.of(modelled, weights));
    Shape places = places(modelled.shape());
    if (!weights.shape().equals(places)) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has shape "
              + weights.shape()
              + " but `modelled` has shape "
              + modelled.shape()
              + "; there is one weight a trace, in shape "
              + places
              + ".");
    }
  }

  /** The extents before the last. */
  static Shape places(Shape traces) {
    return Shape.of(Arrays.copyOf(traces.toArray(), traces.rank() - 1));
  }

  /** A number of a call, or its fallback, that must be positive and finite. */
  static double positive(OperatorCall call, String port, String unit) {
    double value = call.number(port);
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Operands.wrong(
          call, "`" + port + "` is " + value + " " + unit + "; it must be positive and finite.");
    }
    return value;
  }
}
