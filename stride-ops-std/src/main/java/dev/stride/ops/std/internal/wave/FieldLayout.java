package dev.stride.ops.std.internal.wave;

/**
 * Where the nodes of a grid lie in arrays.
 *
 * <p>A <em>field</em> has zeros around the grid, as many as the stencil reaches, so that no row
 * needs a special case; neighbouring rows and planes share them. The first node of each row lies on
 * a 64-byte boundary of the array's object, and rows avoid distances at which they would compete
 * for the same cache lines. A <em>compact</em> array has no surroundings; its rows, too, are padded
 * to whole vectors.
 */
public final class FieldLayout {

  private static final int LINE = 64;
  private static final int CROWDED = 512;
  private static final int ARRAY_HEADER = 16;

  private final WaveGrid grid;
  private final int width;
  private final int pitch;
  private final int plane;
  private final int first;
  private final int size;
  private final int compactSize;

  FieldLayout(WaveGrid grid, int radius, int lanes, int bytes) {
    this.grid = grid;
    this.width = roundUp(grid.columns(), lanes);
    this.pitch = uncrowded(Math.max(width, roundUp(grid.columns() + radius, lanes)), lanes, bytes);
    boolean flat = grid.dimensions() == 2;
    long planeRows = (long) grid.rows() + radius;
    long slab = flat ? 0 : planeRows * pitch;
    long ghost = radius * (slab + pitch);
    long start = roundUp(ghost + radius, LINE / bytes) + (LINE - (long) ARRAY_HEADER) / bytes;
    long last = start + (grid.planes() - 1L) * slab + (grid.rows() - 1L) * pitch;
    this.plane = checked(slab);
    this.first = checked(start);
    this.size = checked(last + width + ghost + radius);
    this.compactSize = checked((long) grid.planes() * grid.rows() * width);
  }

  private static int uncrowded(int pitch, int lanes, int bytes) {
    return pitch > lanes && (long) pitch * bytes % CROWDED == 0 ? pitch + lanes : pitch;
  }

  private static int roundUp(long value, int multiple) {
    return checked((value + multiple - 1) / multiple * multiple);
  }

  private static int checked(long value) {
    if (value > Integer.MAX_VALUE - LINE) {
      throw Wrong.argument(
          "the grid with its surroundings has more than 2^31 nodes, the most an array can hold."
              + " Use a coarser or smaller grid.");
    }
    return (int) value;
  }

  WaveGrid grid() {
    return grid;
  }

  /** Elements of a row to work on, a multiple of the lanes; those beyond the grid stay zero. */
  public int width() {
    return width;
  }

  /** Distance of rows in a field. */
  public int pitch() {
    return pitch;
  }

  /** Distance of planes in a field; 0 in 2D. */
  public int plane() {
    return plane;
  }

  /** Length of a field. */
  public int size() {
    return size;
  }

  /** Length of a compact array. */
  public int compactSize() {
    return compactSize;
  }

  /** Position of a node in a field. */
  public int index(int z, int y, int x) {
    return first + z * plane + y * pitch + x;
  }

  /** Position of a node in a compact array. */
  public int compact(int z, int y, int x) {
    return (z * grid.rows() + y) * width + x;
  }
}
