package dev.stride.ops.std.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Shapes;

/** Checks that the tensors of a call go together; says which do not, and what to do. */
public final class Operands {

  private Operands() {}

  /** Checks that two tensors have one type. */
  public static void sameType(OperatorCall call, String first, Tensor a, String second, Tensor b) {
    if (a.dataType() != b.dataType()) {
      throw new IllegalArgumentException(
          call.signature().name()
              + ": `"
              + first
              + "` is "
              + a.dataType()
              + " but `"
              + second
              + "` is "
              + b.dataType()
              + ". All tensors of a call have one type. Convert one of them with"
              + " Tensor.cast(DataType) before the call.");
    }
  }

  /** Checks that two tensors have one shape. */
  public static void sameShape(OperatorCall call, String first, Tensor a, String second, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(
          shapes(call, first, a.shape(), second, b.shape())
              + "; both must be equal. Crop, resample or reshape one of them before the call.");
    }
  }

  /** Checks that two tensors can be broadcast to a common shape. */
  public static void fit(OperatorCall call, String first, Tensor a, String second, Tensor b) {
    if (!Shapes.fit(a.shape(), b.shape())) {
      throw new IllegalArgumentException(
          shapes(call, first, a.shape(), second, b.shape())
              + "; aligned at the last axis, extents must be equal or one of them 1. Reshape one of"
              + " them before the call.");
    }
  }

  /** What every message about two shapes starts with. */
  public static String shapes(OperatorCall call, String first, Shape a, String second, Shape b) {
    return call.signature().name()
        + ": `"
        + first
        + "` has shape "
        + a
        + " but `"
        + second
        + "` has shape "
        + b;
  }

  /** The error that an argument breaks a rule of the operator. */
  public static IllegalArgumentException wrong(OperatorCall call, String what) {
    return new IllegalArgumentException(call.signature().name() + ": " + what);
  }
}
