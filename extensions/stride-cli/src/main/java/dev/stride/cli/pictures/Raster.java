package dev.stride.cli.pictures;

/** Numbers in rows and columns. Immutable. */
public final class Raster {

  private final int rows;
  private final int columns;
  private final float[] values;

  private Raster(int rows, int columns, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Makes a raster.
   *
   * @param values {@code rows * columns} numbers, row by row. Not modified, copied.
   */
  public static Raster of(int rows, int columns, float[] values) {
    if (rows < 1 || columns < 1 || values.length != rows * columns) {
      throw new IllegalArgumentException(
          "raster: got %d values for %d rows of %d. Give one value a cell, and at least one."
              .formatted(values.length, rows, columns));
    }
    return new Raster(rows, columns, values.clone());
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** One number. */
  public float at(int row, int column) {
    return values[row * columns + column];
  }
}
