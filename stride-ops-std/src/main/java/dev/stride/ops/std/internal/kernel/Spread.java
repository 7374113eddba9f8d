package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Arrays;

/**
 * How several operands are broadcast to one shape, and how a loop covers it.
 *
 * <p>Neighbouring axes that all operands run through alike are merged. Where rows are long the loop
 * runs over each, an operand either contiguous or one element in it; short rows are gathered in
 * small tiles first.
 */
final class Spread {

  /** Elements of a row from which on a loop of its own is worth its start. */
  private static final int LONG = 64;

  /** Elements of a tile: a few of them fit the first-level cache in float64. */
  private static final int TILE = 1 << 10;

  private final Object[] arrays;
  private final Broadcast[] broadcasts;
  private final int[] extents;
  private final int[][] strides;
  private final long uniform;
  private final boolean tiled;

  private Spread(Object[] arrays, Broadcast[] broadcasts, int[] extents, int[][] strides) {
    this.arrays = arrays;
    this.broadcasts = broadcasts;
    this.extents = extents;
    this.strides = strides;
    this.tiled = extents.length > 1 && extents[extents.length - 1] < LONG;
    long same = 0;
    for (int k = 0; k < arrays.length; k++) {
      boolean constant =
          tiled
              ? Arrays.stream(strides[k]).allMatch(stride -> stride == 0)
              : extents.length > 0 && strides[k][extents.length - 1] == 0;
      same |= constant ? 1L << k : 0;
    }
    this.uniform = same;
  }

  static Spread over(Shape target, Tensor... operands) {
    return isFlat(target, operands) ? flat(target, operands) : general(target, operands);
  }

  /** Whether every operand has all elements, or one: the usual case, which needs no search. */
  private static boolean isFlat(Shape target, Tensor... operands) {
    for (Tensor operand : operands) {
      if (operand.size() != 1 && !operand.shape().equals(target)) {
        return false;
      }
    }
    return true;
  }

  private static Spread flat(Shape target, Tensor... operands) {
    Object[] arrays = new Object[operands.length];
    int[][] strides = new int[operands.length][];
    for (int k = 0; k < operands.length; k++) {
      arrays[k] = HeapArray.of(operands[k]);
      strides[k] = new int[] {operands[k].size() == target.size() ? 1 : 0};
    }
    return new Spread(arrays, new Broadcast[0], new int[] {target.size()}, strides);
  }

  private static Spread general(Shape target, Tensor... operands) {
    int[][] strides = new int[operands.length][];
    Object[] arrays = new Object[operands.length];
    Broadcast[] broadcasts = new Broadcast[operands.length];
    for (int k = 0; k < operands.length; k++) {
      strides[k] = strides(operands[k].shape(), target);
      arrays[k] = HeapArray.of(operands[k]);
      broadcasts[k] = Broadcast.of(operands[k].shape(), target);
    }
    return merged(arrays, broadcasts, target, strides);
  }

  private static int[] strides(Shape operand, Shape target) {
    int[] strides = new int[target.rank()];
    int missing = target.rank() - operand.rank();
    int stride = 1;
    for (int axis = target.rank() - 1; axis >= missing; axis--) {
      int extent = operand.extent(axis - missing);
      strides[axis] = extent == 1 ? 0 : stride;
      stride *= extent;
    }
    return strides;
  }

  private static Spread merged(
      Object[] arrays, Broadcast[] broadcasts, Shape target, int[][] strides) {
    int[] extents = new int[target.rank()];
    int axes = 0;
    for (int axis = 0; axis < target.rank(); axis++) {
      int extent = target.extent(axis);
      if (extent == 1) {
        continue;
      }
      if (axes > 0 && runsOn(strides, axes - 1, axis, extent)) {
        extents[axes - 1] *= extent;
      } else {
        extents[axes++] = extent;
      }
      for (int[] stride : strides) {
        stride[axes - 1] = stride[axis];
      }
    }
    int merged = axes;
    int[][] kept = Arrays.stream(strides).map(s -> Arrays.copyOf(s, merged)).toArray(int[][]::new);
    return new Spread(arrays, broadcasts, Arrays.copyOf(extents, axes), kept);
  }

  private static boolean runsOn(int[][] strides, int before, int axis, int extent) {
    for (int[] stride : strides) {
      if (stride[before] != stride[axis] * extent) {
        return false;
      }
    }
    return true;
  }

  /** Bit k: operand k is one element throughout each run of the loop. */
  long uniform() {
    return uniform;
  }

  /**
   * Runs the loop for the elements from {@code from}, inclusive, to {@code to}, exclusive.
   *
   * @param shift what is added to the position of an element to get its place in {@code out}
   */
  void cover(Compiled loop, double[] parameters, Object out, int shift, int from, int to) {
    if (tiled) {
      coverTiles(loop, parameters, out, shift, from, to);
    } else {
      coverRows(loop, parameters, out, shift, from, to);
    }
  }

  private void coverRows(
      Compiled loop, double[] parameters, Object out, int shift, int from, int to) {
    int row = extents.length == 0 ? 1 : extents[extents.length - 1];
    int[] offsets = new int[arrays.length];
    for (int at = from; at < to; ) {
      int count = Math.min(row - at % row, to - at);
      for (int k = 0; k < offsets.length; k++) {
        offsets[k] = position(strides[k], at);
      }
      loop.run(arrays, offsets, uniform, parameters, out, at + shift, count);
      at += count;
    }
  }

  /** Position in an operand of an element of the target. */
  private int position(int[] stride, int target) {
    int rest = target;
    int position = 0;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      position += rest % extents[axis] * stride[axis];
      rest /= extents[axis];
    }
    return position;
  }

  private void coverTiles(
      Compiled loop, double[] parameters, Object out, int shift, int from, int to) {
    Object[] tiles = arrays.clone();
    int[] offsets = new int[tiles.length];
    for (int k = 0; k < tiles.length; k++) {
      if (isGathered(k)) {
        tiles[k] = HeapArray.zeros(loop.type(), Math.min(TILE, to - from));
      }
    }
    for (int at = from; at < to; at += TILE) {
      int count = Math.min(TILE, to - at);
      for (int k = 0; k < tiles.length; k++) {
        if (isGathered(k)) {
          broadcasts[k].read(arrays[k], at, count, tiles[k], 0);
        } else if (broadcasts[k].isIdentity()) {
          offsets[k] = at;
        }
      }
      loop.run(tiles, offsets, uniform, parameters, out, at + shift, count);
    }
  }

  private boolean isGathered(int k) {
    return (uniform >> k & 1) == 0 && !broadcasts[k].isIdentity();
  }
}
