package dev.stride.ops.gpu.internal.wave;

import dev.stride.ops.gpu.internal.device.Range;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription.Kind;
import java.util.List;

/**
 * Where the nodes of a grid lie in buffers, and the work items that compute them.
 *
 * <p>A <em>field</em> has zeros around the grid, as many as the stencil reaches; neighbouring rows
 * and planes share them. A <em>compact</em> buffer has none. Rows are padded to whole groups of
 * work items and begin at multiples of 32 elements; what is computed in the padding is zero, so
 * that no work item has to ask where it is.
 */
public final class FieldLayout {

  private static final int ALIGNMENT = 32;
  private static final int CROWDED = 128;
  private static final int LONGEST_GROUP = 1024;
  private static final int VECTOR = 16;

  private final WaveGrid grid;
  private final int groupX;
  private final int groupY;
  private final int width;
  private final int rows;
  private final int pitch;
  private final int plane;
  private final int first;
  private final int size;
  private final int compactSize;

  /** The layout for a kind of device. */
  public FieldLayout(WaveGrid grid, int radius, Kind kind) {
    this.grid = grid;
    boolean processor = kind == Kind.CPU;
    boolean flat = grid.dimensions() == 2;
    this.groupX = processor ? wholeRow(grid.columns()) : flat ? 64 : 32;
    this.groupY = processor ? 1 : flat ? 4 : 8;
    this.width = checked(roundUp(grid.columns(), groupX));
    this.rows = checked(roundUp(grid.rows(), groupY));
    this.pitch = uncrowded(roundUp(Math.max(width, grid.columns() + radius), ALIGNMENT));
    long slab = flat ? 0 : (long) (rows + radius) * pitch;
    long ghost = radius * (slab + pitch);
    long start = roundUp(ghost + radius, ALIGNMENT);
    long last = start + (grid.planes() - 1L) * slab + (rows - 1L) * pitch;
    this.plane = checked(slab);
    this.first = checked(start);
    this.size = checked(last + width + ghost + radius);
    this.compactSize = checked((long) grid.planes() * rows * width);
  }

  /** On processors a group is a row, or a part of one of equal length. */
  private static int wholeRow(int columns) {
    int parts = Math.ceilDiv(columns, LONGEST_GROUP);
    return checked(roundUp(Math.ceilDiv(columns, parts), VECTOR));
  }

  private static int uncrowded(long pitch) {
    return checked(pitch % CROWDED == 0 ? pitch + ALIGNMENT : pitch);
  }

  private static long roundUp(long value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  private static int checked(long value) {
    if (value > Integer.MAX_VALUE - LONGEST_GROUP) {
      throw Wrong.argument(
          "the grid with its surroundings has more than 2^31 nodes, the most a buffer can hold."
              + " Use a coarser or smaller grid.");
    }
    return (int) value;
  }

  WaveGrid grid() {
    return grid;
  }

  /** One work item a node, padding included. */
  public Range range() {
    return grid.dimensions() == 2
        ? new Range(List.of((long) width, (long) rows), List.of((long) groupX, (long) groupY))
        : new Range(
            List.of((long) width, (long) rows, (long) grid.planes()),
            List.of((long) groupX, (long) groupY, 1L));
  }

  /** Elements of a row to work on. */
  public int width() {
    return width;
  }

  /** Rows of a plane to work on. */
  public int rows() {
    return rows;
  }

  /** Distance of rows in a field. */
  int pitch() {
    return pitch;
  }

  /** Distance of planes in a field; 0 in 2D. */
  int plane() {
    return plane;
  }

  /** Position of the first node in a field. */
  int first() {
    return first;
  }

  /** Length of a field. */
  public int size() {
    return size;
  }

  /** Length of a compact buffer. */
  int compactSize() {
    return compactSize;
  }

  /** Position of a node in a field. */
  public int index(int z, int y, int x) {
    return first + z * plane + y * pitch + x;
  }

  /** Position of a node in a compact buffer. */
  int compact(int z, int y, int x) {
    return (z * rows + y) * width + x;
  }
}
