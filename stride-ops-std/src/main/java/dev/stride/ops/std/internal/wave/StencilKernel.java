package dev.stride.ops.std.internal.wave;

/**
 * One row of one time step, for one number of dimensions and one order in space.
 *
 * <p>Arrays are fields of a {@link FieldLayout}; indices are positions in them. With {@code lap}
 * the Laplacian of {@code u}, both methods overwrite {@code next} by {@code 2 u - next + c lap}: on
 * entry it holds the level before {@code u}, on return the level after it. Nothing is checked here.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public interface StencilKernel<A> {

  /**
   * Advances the nodes in {@code [from, to)}, whose number is a multiple of the lanes.
   *
   * @param u the current level. Not modified.
   * @param next the previous level on entry. Overwritten by the next one.
   * @param c {@code dt^2 v^2 / (1 + s dt)}, zero outside the grid. Not modified.
   * @param k the stencil's coefficients over {@code h^2}, see {@link Stencil}. Not modified.
   * @param row distance of neighbours along y
   * @param plane distance of neighbours along z; unused in 2D
   */
  void step(A u, A next, A c, A k, int from, int to, int row, int plane);

  /**
   * Advances like {@link #step} and stores the Laplacian.
   *
   * @param kept gets the Laplacian of the node {@code from} at {@code at}, and so on. Overwritten.
   */
  void record(A u, A next, A c, A k, int from, int to, int row, int plane, A kept, int at);

  /** {@link #step} as a function. */
  @FunctionalInterface
  interface Step<A> {
    /** See {@link StencilKernel#step}. */
    void step(A u, A next, A c, A k, int from, int to, int row, int plane);
  }

  /** {@link #record} as a function. */
  @FunctionalInterface
  interface Recording<A> {
    /** See {@link StencilKernel#record}. */
    void record(A u, A next, A c, A k, int from, int to, int row, int plane, A kept, int at);
  }

  /** A kernel of two functions. */
  static <A> StencilKernel<A> of(Step<A> step, Recording<A> recording) {
    return new StencilKernel<>() {
      @Override
      public void step(A u, A next, A c, A k, int from, int to, int row, int plane) {
        step.step(u, next, c, k, from, to, row, plane);
      }

      @Override
      public void record(
          A u, A next, A c, A k, int from, int to, int row, int plane, A kept, int at) {
        recording.record(u, next, c, k, from, to, row, plane, kept, at);
      }
    };
  }
}
