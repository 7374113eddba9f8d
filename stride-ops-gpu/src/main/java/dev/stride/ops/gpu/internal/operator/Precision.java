package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;

/** The widest type that a device computes in, float64 if it has it, and tensors in it. */
public final class Precision {

  private final ComputeDevice device;
  private final DataType type;
  private final Views views;

  /** Converts on a device on behalf of an operator, which messages name. */
  public Precision(ComputeDevice device, String operator) {
    this.device = device;
    this.type = device.description().doubles() ? DataType.FLOAT64 : DataType.FLOAT32;
    this.views = new Views(device, operator);
  }

  /** The widest type. */
  public DataType type() {
    return type;
  }

  /** The tensor in the widest type: itself, or a copy that goes back with the scratch. */
  public Tensor wide(Tensor x, Scratch scratch) {
    return x.dataType() == type ? x : scratch.keep(views.cast(x, type));
  }

  /** A copy of the tensor in the widest type. */
  public Tensor owned(Tensor x) {
    return x.dataType() == type ? device.copy(x) : views.cast(x, type);
  }

  /** A tensor that nobody else has seen in another type; it goes back if it is not the result. */
  public Tensor narrow(Tensor x, DataType to) {
    if (x.dataType() == to) {
      return x;
    }
    try (Scratch scratch = new Scratch()) {
      return views.cast(scratch.keep(x), to);
    }
  }
}
