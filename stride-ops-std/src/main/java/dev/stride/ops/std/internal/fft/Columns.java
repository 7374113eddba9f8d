package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;

/**
 * Transforms of one length along columns that stand side by side: number {@code j} of all of them
 * is row {@code j}. Immutable.
 */
abstract class Columns {

  private static final int LARGEST_PANEL = 1 << 15;
  private static final int WIDEST = 64;

  private final int length;
  private final int panels;
  private final int rows;

  /**
   * Takes the sizes.
   *
   * @param panels number of panels of workspace
   * @param rows of each
   */
  Columns(int length, int panels, int rows) {
    this.length = length;
    this.panels = panels;
    this.rows = rows;
  }

  /** The transform of a length by the fewest steps. */
  static Columns of(int length, Passes passes) {
    int[] radices = Radices.of(length);
    return radices.length > 0
        ? new SmoothColumns(length, radices, passes)
        : new ChirpColumns(length, passes);
  }

  /** Length of the transforms. */
  final int length() {
    return length;
  }

  /** Columns that are best transformed together: a multiple of the lanes. */
  final int width(Passes passes) {
    int bytes = passes.type() == DataType.FLOAT32 ? Float.BYTES : Double.BYTES;
    int fitting = LARGEST_PANEL / (2 * rows * bytes);
    return Math.max(passes.lanes(), Math.min(fitting, WIDEST) / passes.lanes() * passes.lanes());
  }

  /** Workspace for panels up to a width. */
  final Rows[] workspace(DataType type, int width) {
    Rows[] space = new Rows[panels];
    for (int i = 0; i < panels; i++) {
      space[i] = Rows.zeros(type, rows, width);
    }
    return space;
  }

  /**
   * Transforms. May work in place.
   *
   * @param x read. Not modified unless it is y.
   * @param y overwritten
   * @param width a multiple of the lanes, at most that of the workspace
   * @param workspace overwritten
   */
  abstract void run(Rows x, Rows y, int width, Rows[] workspace);
}
