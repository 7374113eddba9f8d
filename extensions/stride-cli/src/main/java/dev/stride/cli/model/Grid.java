package dev.stride.cli.model;

/**
 * A regular two-dimensional grid of nodes, {@code [y, x]} with x fastest.
 *
 * @param ny number of nodes along y
 * @param nx number of nodes along x
 * @param spacing distance between neighbouring nodes, in metres, the same along both axes
 * @param originY y of node row 0, in metres
 * @param originX x of node column 0, in metres
 */
public record Grid(int ny, int nx, double spacing, double originY, double originX) {

  /** Checks the sizes and the spacing. */
  public Grid {
    if (ny < 1 || nx < 1) {
      throw new IllegalArgumentException(
          "grid: got %d x %d nodes. Each axis needs at least one node.".formatted(ny, nx));
    }
    if (!(spacing > 0) || Double.isInfinite(spacing)) {
      throw new IllegalArgumentException(
          "grid: the spacing is %s m. It must be a positive number of metres.".formatted(spacing));
    }
  }

  /** A grid whose middle is at (0, 0). */
  public static Grid centred(int ny, int nx, double spacing) {
    return new Grid(ny, nx, spacing, -0.5 * (ny - 1) * spacing, -0.5 * (nx - 1) * spacing);
  }

  /**
   * The smallest centred grid of the given spacing that covers this one, which must be centred.
   *
   * @param spacing distance between the new nodes, in metres
   */
  public Grid respaced(double spacing) {
    return centred(nodesToCover(height(), spacing), nodesToCover(width(), spacing), spacing);
  }

  private static int nodesToCover(double length, double spacing) {
    return (int) Math.ceil(length / spacing - 1e-9) + 1;
  }

  /** Number of nodes. */
  public int size() {
    return Math.multiplyExact(ny, nx);
  }

  /** Distance from the first to the last row, in metres. */
  public double height() {
    return (ny - 1) * spacing;
  }

  /** Distance from the first to the last column, in metres. */
  public double width() {
    return (nx - 1) * spacing;
  }

  /** The y of a row, in metres. */
  public double y(int row) {
    return originY + row * spacing;
  }

  /** The x of a column, in metres. */
  public double x(int column) {
    return originX + column * spacing;
  }

  /** Position of node {@code [row, column]} in an array of {@link #size()} values. */
  public int index(int row, int column) {
    return row * nx + column;
  }
}
