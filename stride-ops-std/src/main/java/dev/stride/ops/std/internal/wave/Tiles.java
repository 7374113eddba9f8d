package dev.stride.ops.std.internal.wave;

/**
 * How the rows of a grid are shared: 16 rows along y a tile, and in 3D at most 64 planes, so that a
 * tile's neighbours stay in a core's cache. They depend on the grid only, not on the threads.
 */
final class Tiles {

  private static final int ROWS = 16;
  private static final int PLANES = 64;

  private final WaveGrid grid;
  private final int bands;
  private final int slabs;

  Tiles(WaveGrid grid) {
    this.grid = grid;
    this.bands = (grid.rows() + ROWS - 1) / ROWS;
    this.slabs = (grid.planes() + PLANES - 1) / PLANES;
  }

  int count() {
    return bands * slabs;
  }

  /** Visits the rows of a tile in order. */
  void forEachRow(int tile, Row visitor) {
    int band = tile % bands;
    int slab = tile / bands;
    int zEnd = (int) ((long) grid.planes() * (slab + 1) / slabs);
    int yEnd = Math.min(grid.rows(), (band + 1) * ROWS);
    for (int z = (int) ((long) grid.planes() * slab / slabs); z < zEnd; z++) {
      for (int y = band * ROWS; y < yEnd; y++) {
        visitor.visit(z, y);
      }
    }
  }

  /** What to do with a row. */
  @FunctionalInterface
  interface Row {
    /** Called once for each row. */
    void visit(int z, int y);
  }
}
