package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.DataType;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Kernel;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.device.Range;
import dev.stride.ops.gpu.internal.kernel.Source;
import java.util.List;

/** Runs kernels of which a group of work items computes one matrix. */
final class Groups {

  /** Items of a group; kernels have local memory for as many. */
  private static final int LARGEST = 256;

  private static final int SMALL = 32;

  /** Extents from which on a matrix takes a large group. */
  private static final int LARGE = 48;

  private static final String HEAD =
      """
      #define LANES %d
      #define GROUP \\
        const uint group = get_group_id(0), lane = get_local_id(0), lanes = get_local_size(0)
      #define TOGETHER barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
      /** The sum of a number of each item, for all of them. */
      static A sum(const uint lane, const uint lanes, __local A *parts, const A part) {
        TOGETHER;
        parts[lane] = part;
        TOGETHER;
        A whole = 0;
        for (uint i = 0; i < lanes; i++) { whole += parts[i]; }
        return whole;
      }
      static A larger(const A a, const A b) { return a >= b || isnan(a) ? a : b; }
      /** The largest of a number of each item, for all of them; NaN if any is. */
      static A largest(const uint lane, const uint lanes, __local A *parts, const A part) {
        TOGETHER;
        parts[lane] = part;
        TOGETHER;
        A most = 0;
        for (uint i = 0; i < lanes; i++) { most = larger(most, parts[i]); }
        return most;
      }
      """
          .formatted(LARGEST);

  private final ComputeDevice device;
  private final String operator;
  private final DataType type;

  /**
   * Runs on a device on behalf of an operator.
   *
   * @param type of the matrices
   */
  Groups(ComputeDevice device, String operator, DataType type) {
    this.device = device;
    this.operator = operator;
    this.type = type;
  }

  /** Hands a command over for so many matrices, at least one, of an extent. */
  void launch(
      String source,
      String kernel,
      int matrices,
      int extent,
      List<Object> arguments,
      List<DeviceStorage> written) {
    long group = extent < LARGE ? SMALL : LARGEST;
    Range range = new Range(List.of(matrices * group), List.of(group));
    Kernel function = device.kernel(new Form(source, type), () -> whole(source), kernel);
    device.launch(new Launch(function, operator, range, arguments, written));
  }

  /** All that the whole source depends on. */
  private record Form(String source, DataType type) {}

  private String whole(String source) {
    return Source.types(type) + "typedef %s A;\n".formatted(Source.name(type)) + HEAD + source;
  }
}
