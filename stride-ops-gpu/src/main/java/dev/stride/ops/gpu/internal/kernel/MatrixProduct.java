package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Products of stacks of matrices, pair by pair.
 *
 * <p>One work item computes a tile of {@value #TILE} by {@value #TILE} elements, so that each
 * element that it reads counts that many times. Neighbours compute neighbouring columns. Up to
 * {@value #DEPTH} products are summed in the type of the elements; those sums are added in float64
 * where the device has it. The order depends on shapes alone.
 */
public final class MatrixProduct {

  private static final int TILE = 4;
  private static final int DEPTH = 128;

  private static final String KERNEL =
      """
      #define TILE %d
      #define DEPTH %d
      __kernel void product(
          const uint count, const uint rows, const uint columns, const uint depth,
          const uint down, const uint across,
          const uint rowA, const uint columnA, const uint rowB, const uint columnB,
          __global const int *inA, __global const int *inB,
          __global const T *a, __global const T *b, __global T *out) {
        const uint item = get_global_id(0);
        if (item >= count) { return; }
        const uint tile = item %% (down * across), batch = item / (down * across);
        uint atA[TILE], atB[TILE];
        A whole[TILE][TILE];
        for (uint i = 0; i < TILE; i++) {
          atA[i] = inA[batch] + min(tile / across + i * down, rows - 1) * rowA;
          atB[i] = inB[batch] + min(tile %% across + i * across, columns - 1) * columnB;
          for (uint j = 0; j < TILE; j++) { whole[i][j] = 0; }
        }
        for (uint from = 0; from < depth; from += DEPTH) {
          T sum[TILE][TILE];
          for (uint i = 0; i < TILE; i++) {
            for (uint j = 0; j < TILE; j++) { sum[i][j] = 0; }
          }
          for (uint k = from; k < min(from + DEPTH, depth); k++) {
            T right[TILE];
            for (uint j = 0; j < TILE; j++) { right[j] = b[atB[j] + k * rowB]; }
            for (uint i = 0; i < TILE; i++) {
              const T left = a[atA[i] + k * columnA];
              for (uint j = 0; j < TILE; j++) { sum[i][j] += left * right[j]; }
            }
          }
          for (uint i = 0; i < TILE; i++) {
            for (uint j = 0; j < TILE; j++) { whole[i][j] += sum[i][j]; }
          }
        }
        for (uint i = 0; i < TILE; i++) {
          for (uint j = 0; j < TILE; j++) {
            const uint row = tile / across + i * down, column = tile %% across + j * across;
            if (row < rows && column < columns) {
              out[(batch * rows + row) * columns + column] = (T) whole[i][j];
            }
          }
        }
      }
      """
          .formatted(TILE, DEPTH);

  private final ComputeDevice device;
  private final String operator;
  private final boolean doubles;

  /** Computes on a device on behalf of an operator, which messages name. */
  public MatrixProduct(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
    this.doubles = device.description().doubles();
  }

  /**
   * A stack of matrices.
   *
   * @param tensor its elements
   * @param view {@code [batch..., rows, columns]}, as they are stored
   * @param turned whether rows and columns are exchanged
   */
  public record Matrices(Tensor tensor, Shape view, boolean turned) {

    int rows() {
      return view.extent(turned ? -1 : -2);
    }

    int columns() {
      return view.extent(turned ? -2 : -1);
    }

    int betweenRows() {
      return turned ? 1 : view.extent(-1);
    }

    int betweenColumns() {
      return turned ? view.extent(-1) : 1;
    }

    /** The extents before the matrices. */
    Shape batch() {
      return Shape.of(Arrays.copyOf(view.toArray(), view.rank() - 2));
    }

    /** Where the matrix begins that goes with each one of a batch that this one is repeated to. */
    public int[] places(Shape batch) {
      int size = view.extent(-1) * view.extent(-2);
      int[] strides = Layout.over(batch, batch());
      int[] places = new int[batch.size()];
      for (int i = 0; i < places.length; i++) {
        int rest = i;
        for (int axis = batch.rank() - 1; axis >= 0; axis--) {
          places[i] += rest % batch.extent(axis) * strides[axis] * size;
          rest /= batch.extent(axis);
        }
      }
      return places;
    }
  }

  /**
   * Starts to compute the products, {@code [batch..., a.rows, b.columns]}.
   *
   * @param batch what the batches of both are broadcast to
   * @param a of as many columns as {@code b} has rows
   */
  public Tensor compute(Shape batch, Matrices a, Matrices b) {
    DataType type = a.tensor().dataType();
    int[] extents = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    extents[batch.rank()] = a.rows();
    extents[batch.rank() + 1] = b.columns();
    Shape shape = Shape.of(extents);
    Tensor out = device.allocate(shape, type, operator + " " + shape);
    if (out.size() > 0) {
      launch(batch, a, b, out);
    }
    return out;
  }

  /** All that the source depends on. */
  private record Form(DataType type) {}

  private String source(DataType type) {
    return Source.folds(type, doubles, Fold.SUM) + KERNEL;
  }

  private void launch(Shape batch, Matrices a, Matrices b, Tensor out) {
    int down = Math.ceilDiv(a.rows(), TILE);
    int across = Math.ceilDiv(b.columns(), TILE);
    int count = Math.multiplyExact(batch.size(), down * across);
    DeviceStorage inA = device.upload(a.places(batch), operator + " places");
    DeviceStorage inB = device.upload(b.places(batch), operator + " places");
    try {
      DeviceStorage target = device.storage(out);
      List<Object> arguments =
          new ArrayList<>(
              List.of(count, a.rows(), b.columns(), a.columns(), down, across, a.betweenRows()));
      arguments.addAll(List.of(a.betweenColumns(), b.betweenRows(), b.betweenColumns()));
      arguments.addAll(List.of(inA, inB));
      arguments.addAll(List.of(device.storage(a.tensor()), device.storage(b.tensor()), target));
      device.launch(
          new Launch(
              device.kernel(new Form(out.dataType()), () -> source(out.dataType()), "product"),
              operator,
              count,
              arguments,
              List.of(target)));
    } finally {
      inA.release();
      inB.release();
    }
  }
}
