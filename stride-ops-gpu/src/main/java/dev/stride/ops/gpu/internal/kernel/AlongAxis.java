package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies sparse matrices along one axis of tensors: picking, padding, differences, smoothing and
 * their transposes are all of this kind, and take one kernel.
 *
 * <p>One work item computes one element, in the order of the weights of its row and with rounding
 * errors kept, in float64 where the device has it: no atomics, and the same bits in every run.
 */
public final class AlongAxis {

  private static final String KERNEL =
      """
      __kernel void %s(
          const uint count, const uint inner, const uint rows, const uint columns,
          const uint from, const uint to, const uint adds,
          __global const int *starts, __global const int *column, %s
          __global const T *x, __global T *out) {
        const uint item = get_global_id(0);
        if (item >= count) { return; }
        const uint behind = item %% inner, line = item / inner;
        const uint row = line %% rows, block = line / rows * columns;
        const int first = starts[row], end = starts[row + 1];
        if (adds ? first == end : %s) {
          if (!adds) { out[to + item] = x[from + (block + column[first]) * inner + behind]; }
          return;
        }
        A sum = adds ? out[to + item] : 0, lost = 0;
        for (int k = first; k < end; k++) {
          add(&sum, &lost, %s x[from + (block + column[k]) * inner + behind]);
        }
        out[to + item] = (T) total(sum, lost);
      }
      """;

  private static final String KERNELS =
      KERNEL.formatted("picked", "", "end == first + 1", "")
          + KERNEL.formatted("weighted", "__global const A *weight,", "false", "weight[k] *");

  private final ComputeDevice device;
  private final String operator;
  private final boolean doubles;

  /** Computes on a device on behalf of an operator, which messages name. */
  public AlongAxis(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
    this.doubles = device.description().doubles();
  }

  /** Starts to compute the product with a tensor; the axis gets the extent of the rows. */
  public Tensor apply(SparseMatrix matrix, Tensor x, int axis) {
    int[] extents = x.shape().toArray();
    extents[axis] = matrix.rows();
    Shape shape = Shape.of(extents);
    Tensor out = device.allocate(shape, x.dataType(), operator + " " + shape);
    launch(matrix, x.shape(), axis, x, 0, out, 0, false);
    return out;
  }

  /**
   * Starts to set a part of a tensor that nobody else has seen to the product with a part of
   * another.
   *
   * @param shape of the part of {@code x}
   * @param from element that it begins at
   * @param to element that the part of {@code out} begins at
   */
  public void set(
      SparseMatrix matrix, Shape shape, int axis, Tensor x, int from, Tensor out, int to) {
    launch(matrix, shape, axis, x, from, out, to, false);
  }

  /** Starts to add the product to what stands there; otherwise as {@link #set}. */
  public void add(
      SparseMatrix matrix, Shape shape, int axis, Tensor x, int from, Tensor out, int to) {
    launch(matrix, shape, axis, x, from, out, to, true);
  }

  private void launch(
      SparseMatrix matrix,
      Shape shape,
      int axis,
      Tensor x,
      int from,
      Tensor out,
      int to,
      boolean adds) {
    int inner = 1;
    for (int behind = axis + 1; behind < shape.rank(); behind++) {
      inner *= shape.extent(behind);
    }
    int outer = 1;
    for (int before = 0; before < axis; before++) {
      outer *= shape.extent(before);
    }
    int count = Math.multiplyExact(Math.multiplyExact(outer, matrix.rows()), inner);
    if (count == 0) {
      return;
    }
    try (Uploaded uploaded = new Uploaded(matrix)) {
      DeviceStorage target = device.storage(out);
      List<Object> arguments =
          new ArrayList<>(
              List.of(count, inner, matrix.rows(), matrix.columns(), from, to, adds ? 1 : 0));
      arguments.addAll(uploaded.numbers);
      arguments.add(device.storage(x));
      arguments.add(target);
      String kernel = matrix.weight() == null ? "picked" : "weighted";
      device.launch(
          new Launch(
              device.kernel(new Form(x.dataType()), () -> source(x.dataType()), kernel),
              operator,
              count,
              arguments,
              List.of(target)));
    }
  }

  /** All that the source depends on. */
  private record Form(DataType type) {}

  private String source(DataType type) {
    return Source.folds(type, doubles, Fold.SUM) + KERNELS;
  }

  /** The numbers of a matrix on the device, until the command that reads them is handed over. */
  private final class Uploaded implements AutoCloseable {

    private final List<DeviceStorage> numbers = new ArrayList<>();

    Uploaded(SparseMatrix matrix) {
      numbers.add(device.upload(matrix.starts(), operator + " places"));
      numbers.add(device.upload(matrix.column(), operator + " places"));
      double[] weight = matrix.weight();
      if (weight != null) {
        Tensor weights = Tensor.adopt(Shape.of(weight.length), weight);
        numbers.add(
            device.storage(device.upload(doubles ? weights : weights.cast(DataType.FLOAT32))));
      }
    }

    @Override
    public void close() {
      numbers.forEach(DeviceStorage::release);
    }
  }
}
