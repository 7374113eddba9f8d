package dev.stride.ops.std.internal.wave;

/**
 * The inner loops of wave propagation on arrays of one type.
 *
 * <p>All implementations compute every element by the same operations in the same order, so they
 * agree bitwise. Nothing is checked here; callers pass ranges whose length is a multiple of {@link
 * #lanes()} and arrays that hold them.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public interface RowKernels<A> {

  /** What rows are padded to: the number of elements handled at once. */
  int lanes();

  /** The kernel for 2 or 3 dimensions and a radius of 1 to 5, half the order in space. */
  StencilKernel<A> stencil(int dimensions, int radius);

  /**
   * Prepares a range of the absorbing layer for a step: {@code previous = keep previous + pull u}.
   * The step {@code 2 u - previous + c lap} then yields {@code a u - b previous + c lap} with
   * {@code a = 2 - pull} and {@code b = keep}.
   *
   * @param previous the level before {@code u}. Overwritten.
   */
  void damp(A u, A previous, A keep, A pull, int from, int to);

  /**
   * Adds one step to the sums over time that the gradient and its preconditioner are: {@code
   * gradient += kept u} and {@code energy += kept^2}.
   *
   * @param from position in {@code u} of the first node of the row
   * @param at position of the same node in {@code kept}
   * @param sum position of the same node in {@code gradient} and {@code energy}
   */
  void correlate(A u, int from, A kept, int at, A gradient, A energy, int sum, int count);

  /** Adds a product: {@code target[from + i] += x[from + i] y[at + i]}. */
  void addProduct(A target, A x, int from, A y, int at, int count);
}
