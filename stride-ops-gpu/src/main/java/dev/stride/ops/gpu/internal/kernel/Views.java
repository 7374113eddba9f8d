package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Copies the elements of a tensor in another order, to other places, or in another type. */
public final class Views {

  private final ComputeDevice device;
  private final String operator;

  /** Copies on a device on behalf of an operator, which messages name. */
  public Views(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
  }

  /**
   * Starts to copy.
   *
   * @param to shape of the result
   * @param offset of the element that the first one of the result is
   * @param strides how far apart the elements are along each axis of the result; may be negative
   */
  public Tensor copy(Tensor x, Shape to, int offset, int... strides) {
    Tensor out = device.allocate(to, x.dataType(), operator + " " + to);
    if (out.size() == 0) {
      return out;
    }
    Layout layout = Layout.of(to, List.of(strides));
    List<Object> arguments = new ArrayList<>(List.of(to.size() - 1, offset));
    arguments.addAll(layout.arguments());
    Object form = new Form(layout.form(), x.dataType());
    launch(form, () -> source(layout, x.dataType()), "view", to.size(), arguments, x, out);
    return out;
  }

  /**
   * Starts to copy all elements of a tensor to places of another that nobody else has seen.
   *
   * @param offset of the element of {@code out} that gets the first one
   * @param strides how far apart in {@code out} the elements come to be along each axis
   */
  public void put(Tensor x, Tensor out, int offset, int... strides) {
    if (x.size() == 0) {
      return;
    }
    Layout layout = Layout.of(x.shape(), List.of(strides));
    List<Object> arguments = new ArrayList<>(List.of(x.size(), offset));
    arguments.addAll(layout.arguments());
    Object form = new Form(layout.form(), x.dataType());
    launch(form, () -> putting(layout, x.dataType()), "put", x.size(), arguments, x, out);
  }

  /** The tensor in a type, copied unless it is of that type. */
  public Tensor cast(Tensor x, DataType type) {
    if (x.dataType() == type) {
      return x;
    }
    Tensor out = device.allocate(x.shape(), type, operator + " " + x.shape());
    if (out.size() > 0) {
      Object form = new Conversion(x.dataType(), type);
      Supplier<String> source = () -> Source.conversion(x.dataType(), type);
      launch(form, source, "convert", x.size(), List.of(), x, out);
    }
    return out;
  }

  /** All that the source of a copy depends on. */
  private record Form(String layout, DataType type) {}

  /** All that the source of a conversion depends on. */
  private record Conversion(DataType from, DataType to) {}

  private void launch(
      Object form,
      Supplier<String> source,
      String kernel,
      int items,
      List<Object> first,
      Tensor x,
      Tensor out) {
    DeviceStorage target = device.storage(out);
    List<Object> arguments = new ArrayList<>(first);
    arguments.add(device.storage(x));
    arguments.add(target);
    device.launch(
        new Launch(
            device.kernel(form, source, kernel), operator, items, arguments, List.of(target)));
  }

  /** How far apart the elements of a tensor are along each axis. */
  public static int[] rowMajor(Shape shape) {
    int[] strides = new int[shape.rank()];
    int step = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= shape.extent(axis);
    }
    return strides;
  }

  /** Work items in the padding copy the last element, so that they stay inside of the operand. */
  private static String source(Layout layout, DataType type) {
    return Source.elements(type)
        + "__kernel void view(const uint last, const int offset, "
        + layout.parameters()
        + "__global const T *x, __global T *out) {\n"
        + "const uint index = min((uint) get_global_id(0), last);\n"
        + layout.coordinates("index")
        + "out[get_global_id(0)] = x[offset + "
        + layout.position(0, "(int) index")
        + "];\n}\n";
  }

  private static String putting(Layout layout, DataType type) {
    return Source.elements(type)
        + "__kernel void put(const uint count, const int offset, "
        + layout.parameters()
        + "__global const T *x, __global T *out) {\n"
        + "const uint index = get_global_id(0);\n"
        + "if (index >= count) { return; }\n"
        + layout.coordinates("index")
        + "out[offset + "
        + layout.position(0, "(int) index")
        + "] = x[index];\n}\n";
  }
}
