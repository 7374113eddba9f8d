package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Device;
import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;

/** The tensors of a call: checks that they go together, and has them on the device. */
public final class Operands {

  private Operands() {}

  /**
   * The tensors on the device. A number given for a tensor, which the engine has on the heap, is
   * copied there; everything else must be there.
   */
  public static List<Tensor> on(ComputeDevice device, OperatorCall call, List<String> ports) {
    return ports.stream().map(port -> on(device, call.tensor(port))).toList();
  }

  /** The tensor on the device, as above. */
  public static Tensor on(ComputeDevice device, Tensor tensor) {
    boolean number = tensor.shape().rank() == 0 && tensor.device().equals(Device.CPU);
    if (number) {
      return device.filled(tensor.shape(), tensor.dataType(), tensor.item());
    }
    device.storage(tensor);
    return tensor;
  }

  /** Checks that tensors have one type. */
  public static void sameType(OperatorCall call, List<String> ports, List<Tensor> tensors) {
    for (int i = 1; i < tensors.size(); i++) {
      if (tensors.get(i).dataType() != tensors.getFirst().dataType()) {
        throw wrong(
            call,
            "`"
                + ports.getFirst()
                + "` is "
                + tensors.getFirst().dataType()
                + " but `"
                + ports.get(i)
                + "` is "
                + tensors.get(i).dataType()
                + ". All tensors of a call have one type. Convert one of them with"
                + " Tensor.cast(DataType) before the call.");
      }
    }
  }

  /** The shape that all can be broadcast to. */
  public static Shape common(OperatorCall call, List<String> ports, List<Tensor> tensors) {
    Shape common = tensors.getFirst().shape();
    for (int i = 1; i < tensors.size(); i++) {
      for (int k = 0; k < i; k++) {
        if (!fit(tensors.get(k).shape(), tensors.get(i).shape())) {
          throw wrong(
              call,
              shapes(ports.get(k), tensors.get(k), ports.get(i), tensors.get(i))
                  + "; aligned at the last axis, extents must be equal or one of them 1. Reshape"
                  + " one of them before the call.");
        }
      }
      common = common(common, tensors.get(i).shape());
    }
    return common;
  }

  /** Checks that two tensors have one shape. */
  public static void sameShape(OperatorCall call, String first, Tensor a, String second, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw wrong(
          call,
          shapes(first, a, second, b)
              + "; both must be equal. Crop, resample or reshape one of them before the call.");
    }
  }

  /** What every message about two shapes starts with. */
  public static String shapes(String first, Tensor a, String second, Tensor b) {
    return "`"
        + first
        + "` has shape "
        + a.shape()
        + " but `"
        + second
        + "` has shape "
        + b.shape();
  }

  /** Whether a tensor of one shape can be repeated to another. */
  static boolean repeatsTo(Shape x, Shape shape) {
    return fit(x, shape) && common(x, shape).equals(shape);
  }

  /** Whether two shapes can be broadcast to a common one. */
  public static boolean fit(Shape a, Shape b) {
    for (int axis = 1; axis <= Math.min(a.rank(), b.rank()); axis++) {
      int x = a.extent(-axis);
      int y = b.extent(-axis);
      if (x != y && x != 1 && y != 1) {
        return false;
      }
    }
    return true;
  }

  /** The shape that two that fit are broadcast to. */
  public static Shape common(Shape a, Shape b) {
    int[] extents = new int[Math.max(a.rank(), b.rank())];
    for (int axis = 1; axis <= extents.length; axis++) {
      int x = axis <= a.rank() ? a.extent(-axis) : 1;
      int y = axis <= b.rank() ? b.extent(-axis) : 1;
      extents[extents.length - axis] = x == 1 ? y : x;
    }
    return Shape.of(extents);
  }

  /** The refusal of a call, which starts with the name of the operator. */
  public static IllegalArgumentException wrong(OperatorCall call, String what) {
    return new IllegalArgumentException(call.signature().name() + ": " + what);
  }
}
