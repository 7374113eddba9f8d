package dev.stride.ops.std.internal.wave;

import dev.stride.api.Tensor;

/**
 * What a wave travels in: the coefficients of the discrete equation at every node, as fields.
 *
 * <p>With {@code d = 1 + s dt}: {@code c = dt^2 v^2 / d}, {@code keep = (1 - s dt) / d}, {@code
 * pull = (2 s dt + s^2 dt^2) / d}. Outside the grid all are zero.
 *
 * @param <A> array type of the fields
 */
public final class Medium<A> {

  /** Fields that it holds. */
  static final int FIELDS = 3;

  private final A c;
  private final A keep;
  private final A pull;
  private final DampedRuns runs;

  Medium(WaveProblem problem, FieldLayout layout, Precision<A> precision, int lanes) {
    c = precision.allocate(layout.size());
    keep = precision.allocate(layout.size());
    pull = precision.allocate(layout.size());
    runs = new DampedRuns(layout, problem.layer(), lanes);
    Tensor velocity = problem.velocity();
    WaveGrid grid = layout.grid();
    int node = 0;
    for (int z = 0; z < grid.planes(); z++) {
      for (int y = 0; y < grid.rows(); y++) {
        for (int x = 0; x < grid.columns(); x++) {
          double loss = problem.layer().at(z, y, x) * problem.timeStep();
          double stride = velocity.at(node++) * problem.timeStep();
          int index = layout.index(z, y, x);
          precision.set(c, index, stride * stride / (1 + loss));
          precision.set(keep, index, (1 - loss) / (1 + loss));
          precision.set(pull, index, (2 + loss) * loss / (1 + loss));
        }
      }
    }
  }

  /** {@code dt^2 v^2 / (1 + s dt)}. */
  public A c() {
    return c;
  }

  /** {@code (1 - s dt) / (1 + s dt)}. */
  public A keep() {
    return keep;
  }

  /** {@code (2 s dt + s^2 dt^2) / (1 + s dt)}. */
  public A pull() {
    return pull;
  }

  /** Where the absorbing layer lies. */
  public DampedRuns runs() {
    return runs;
  }

  /** Applies the absorbing layer to a row before its step. */
  void damp(RowKernels<A> kernels, A u, A previous, int row) {
    runs.damp(kernels, u, previous, keep, pull, row);
  }
}
