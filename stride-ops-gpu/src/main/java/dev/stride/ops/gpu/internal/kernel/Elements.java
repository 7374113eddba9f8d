package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;

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
    Shape shape = out.shape();
    Layout layout =
        Layout.elementwise(
            shape, operands.stream().map(operand -> Layout.over(shape, operand.shape())).toList());
    DeviceStorage target = device.storage(out);
    List<Object> arguments = new ArrayList<>(layout.arguments());
    operands.forEach(operand -> arguments.add(device.storage(operand)));
    Arguments.addNumbers(arguments, out.dataType(), numbers);
    arguments.add(target);
    device.launch(
        new Launch(
            device.kernel(source(code, layout, out.dataType()), "elements"),
            operator,
            out.size(),
            arguments,
            List.of(target)));
  }

  private static String source(Code code, Layout layout, DataType type) {
    return Source.elements(type)
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
