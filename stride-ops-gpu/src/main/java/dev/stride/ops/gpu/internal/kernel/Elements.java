package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Kernel;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes an expression at every position of operands that are broadcast as NumPy does. */
public final class Elements {

  private final ComputeDevice device;
  private final String operator;

  /** Computes on a device on behalf of an operator, which messages name. */
  public Elements(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
  }

  /**
   * Starts to compute a tensor.
   *
   * @param shape one that every operand can be broadcast to
   * @param operands on the device, of one type, in the order of the code's
   */
  public Tensor compute(Code code, Shape shape, List<Tensor> operands, double... numbers) {
    DataType type = operands.getFirst().dataType();
    Tensor out = device.allocate(shape, type, operator + " " + shape);
    if (out.size() > 0) {
      launch(code, out, operands, numbers);
    }
    return out;
  }

  /** Starts to compute into a tensor that nobody else has seen; it may be an operand. */
  public void computeInto(Tensor out, Code code, List<Tensor> operands) {
    if (out.size() > 0) {
      launch(code, out, operands);
    }
  }

  private void launch(Code code, Tensor out, List<Tensor> operands, double... numbers) {
    Layout layout = areOf(out.shape(), operands) ? null : layout(out, operands);
    DeviceStorage target = device.storage(out);
    List<Object> arguments =
        new ArrayList<>(layout == null ? List.of(out.size()) : layout.arguments());
    for (Tensor operand : operands) {
      arguments.add(device.storage(operand));
    }
    Arguments.addNumbers(arguments, out.dataType(), numbers);
    arguments.add(target);
    Kernel kernel = kernel(code, layout, out, operands);
    device.launch(new Launch(kernel, operator, out.size(), arguments, List.of(target)));
  }

  private static boolean areOf(Shape shape, List<Tensor> operands) {
    for (Tensor operand : operands) {
      if (!operand.shape().equals(shape)) {
        return false;
      }
    }
    return true;
  }

  private static Layout layout(Tensor out, List<Tensor> operands) {
    Shape shape = out.shape();
    return Layout.elementwise(
        shape, operands.stream().map(operand -> Layout.over(shape, operand.shape())).toList());
  }

  /** The kernel for a layout; null: that of operands of the result's shape, which has one axis. */
  private Kernel kernel(Code code, @Nullable Layout layout, Tensor out, List<Tensor> operands) {
    DataType type = out.dataType();
    return device.kernel(
        new Form(code, layout == null ? "" : layout.form(), type),
        () -> source(code, layout == null ? layout(out, operands) : layout, type),
        "elements");
  }

  /** All that a source depends on. */
  private record Form(Code code, String layout, DataType type) {}

  private static String source(Code code, Layout layout, DataType type) {
    return Source.ROUNDED_APART
        + Source.elements(type)
        + "__kernel void elements("
        + layout.parameters()
        + Arguments.parameters(code)
        + "__global T *out) {\n"
        + "const uint index = get_global_id(0);\n"
        + layout.coordinates("index")
        + Arguments.loads(code, operand -> layout.position(operand, "index"))
        + "out[index] = "
        + code.text()
        + ";\n}\n";
  }
}
