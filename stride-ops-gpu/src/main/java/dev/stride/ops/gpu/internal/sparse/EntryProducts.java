package dev.stride.ops.gpu.internal.sparse;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Source;
import java.util.List;

/**
 * Sums of products of elements of two vectors on a device, picked by indices: {@code y[i] = sum
 * over e of a[left[e]] b[right[e]]}. One work item a sum, in the order of the indices and with
 * rounding errors kept, in float64 where the device has it.
 */
final class EntryProducts {

  private static final String KERNEL =
      """
      __kernel void entries(
          const uint count, __global const int *starts, __global const int *left,
          __global const int *right, __global const T *a, __global const T *b,
          __global T *out) {
        const uint item = get_global_id(0);
        if (item >= count) { return; }
        A sum = 0, lost = 0;
        for (int e = starts[item]; e < starts[item + 1]; e++) {
          add(&sum, &lost, (A) a[left[e]] * b[right[e]]);
        }
        out[item] = (T) total(sum, lost);
      }
      """;

  private final ComputeDevice device;
  private final String operator;

  EntryProducts(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
  }

  /**
   * Which elements go with which.
   *
   * @param count number of sums
   * @param starts place of the first pair of each sum, and behind the last
   * @param left places in the first vector
   * @param right places in the second vector
   */
  record Picks(int count, DeviceStorage starts, DeviceStorage left, DeviceStorage right) {}

  /** All that the source depends on. */
  private record Form(DataType type) {}

  private String source(DataType type) {
    return Source.folds(type, device.description().doubles(), Fold.SUM) + KERNEL;
  }

  /** Starts to compute the sums. */
  Tensor sums(Picks picks, Tensor a, Tensor b) {
    DataType type = a.dataType();
    Shape shape = Shape.of(picks.count());
    Tensor out = device.allocate(shape, type, operator + " " + shape);
    if (picks.count() > 0) {
      DeviceStorage target = device.storage(out);
      List<Object> arguments =
          List.of(
              picks.count(),
              picks.starts(),
              picks.left(),
              picks.right(),
              device.storage(a),
              device.storage(b),
              target);
      device.launch(
          new Launch(
              device.kernel(new Form(type), () -> source(type), "entries"),
              operator,
              picks.count(),
              arguments,
              List.of(target)));
    }
    return out;
  }
}
