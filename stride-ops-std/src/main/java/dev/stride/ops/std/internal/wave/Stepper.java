package dev.stride.ops.std.internal.wave;

import dev.stride.api.Parallel;

/**
 * Single steps of the wave equation over the whole grid, its tiles shared by a team.
 *
 * <p>A step reads the current level and overwrites the other one; no two rows write to one place,
 * so the order of the tiles does not matter.
 *
 * @param <A> array type of the fields
 */
public final class Stepper<A> {

  private final RowKernels<A> kernels;
  private final StencilKernel<A> stencil;
  private final FieldLayout layout;
  private final Tiles tiles;
  private final Medium<A> medium;
  private final A weights;
  private final long bytes;

  /** Prepares steps for a shot. */
  public Stepper(WaveProblem problem, Precision<A> precision, KernelProvider provider) {
    WaveGrid grid = problem.grid();
    int radius = problem.stencil().radius();
    this.kernels = precision.kernels(provider);
    this.stencil = kernels.stencil(grid.dimensions(), radius);
    this.layout = new FieldLayout(grid, radius, kernels.lanes(), precision.bytes());
    this.tiles = new Tiles(grid);
    this.medium = new Medium<>(problem, layout, precision, kernels.lanes());
    this.weights =
        precision.array(problem.stencil().coefficients(grid.dimensions(), grid.spacing()));
    this.bytes = (long) Medium.FIELDS * layout.size() * precision.bytes();
  }

  /** Bytes of the coefficients. */
  long bytes() {
    return bytes;
  }

  /** Where nodes lie in fields. */
  public FieldLayout layout() {
    return layout;
  }

  /** The coefficients at the nodes. */
  public Medium<A> medium() {
    return medium;
  }

  /** The stencil's coefficients, see {@link Stencil#coefficients}. */
  public A weights() {
    return weights;
  }

  /** Advances without keeping anything. */
  public void step(Parallel team, Levels<A> levels) {
    A u = levels.current();
    A next = levels.other();
    forEachRow(
        team,
        (from, compact, row) -> {
          medium.damp(kernels, u, next, row);
          int to = from + layout.width();
          stencil.step(u, next, medium.c(), weights, from, to, layout.pitch(), layout.plane());
        });
  }

  /** Advances and stores the Laplacian of the current level at {@code at} in {@code kept}. */
  public void record(Parallel team, Levels<A> levels, A kept, int at) {
    A u = levels.current();
    A next = levels.other();
    forEachRow(
        team,
        (from, compact, row) -> {
          medium.damp(kernels, u, next, row);
          stencil.record(
              u,
              next,
              medium.c(),
              weights,
              from,
              from + layout.width(),
              layout.pitch(),
              layout.plane(),
              kept,
              at + compact);
        });
  }

  /** Adds the current level times what was kept to the sums, and advances. */
  void correlate(
      Parallel team, Levels<A> levels, A kept, int at, TimeSum<A> sums, boolean endsBatch) {
    A u = levels.current();
    A next = levels.other();
    forEachRow(
        team,
        (from, compact, row) -> {
          sums.add(kernels, u, from, kept, at, compact);
          if (endsBatch) {
            sums.endBatch(compact);
          }
          medium.damp(kernels, u, next, row);
          int to = from + layout.width();
          stencil.step(u, next, medium.c(), weights, from, to, layout.pitch(), layout.plane());
        });
  }

  /** Adds the product of a field and a compact array to a field. */
  void addProduct(Parallel team, A target, A field, A compactArray) {
    forEachRow(
        team,
        (from, compact, row) ->
            kernels.addProduct(target, field, from, compactArray, compact, layout.width()));
  }

  private void forEachRow(Parallel team, RowWork work) {
    int rows = layout.grid().rows();
    team.run(
        tiles.count(),
        tile ->
            tiles.forEachRow(
                tile,
                (z, y) -> work.on(layout.index(z, y, 0), layout.compact(z, y, 0), z * rows + y)));
  }

  /** What to do with a row, given its place in fields and compact arrays, and its number. */
  @FunctionalInterface
  private interface RowWork {
    void on(int from, int compact, int row);
  }
}
