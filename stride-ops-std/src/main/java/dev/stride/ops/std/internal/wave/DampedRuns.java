package dev.stride.ops.std.internal.wave;

import java.util.Arrays;

/** The stretches of each row, in whole vectors, where a layer damps. */
public final class DampedRuns {

  private final int[] first;
  private int[] edges = new int[16];
  private int count;

  DampedRuns(FieldLayout layout, AbsorbingLayer layer, int lanes) {
    WaveGrid grid = layout.grid();
    first = new int[grid.planes() * grid.rows() + 1];
    int row = 0;
    for (int z = 0; z < grid.planes(); z++) {
      for (int y = 0; y < grid.rows(); y++) {
        for (int x = 0; x < grid.columns(); x += lanes) {
          if (anyDamped(layer, z, y, x, Math.min(x + lanes, grid.columns()))) {
            add(row, layout.index(z, y, x), lanes);
          }
        }
        first[++row] = count;
      }
    }
    edges = Arrays.copyOf(edges, count);
  }

  private static boolean anyDamped(AbsorbingLayer layer, int z, int y, int from, int to) {
    for (int x = from; x < to; x++) {
      if (layer.at(z, y, x) != 0) {
        return true;
      }
    }
    return false;
  }

  private void add(int row, int from, int lanes) {
    if (count > first[row] && edges[count - 1] == from) {
      edges[count - 1] = from + lanes;
      return;
    }
    if (count == edges.length) {
      edges = Arrays.copyOf(edges, 2 * count);
    }
    edges[count++] = from;
    edges[count++] = from + lanes;
  }

  /** For each row, and one more, where its runs begin in {@link #edges}. A copy. */
  public int[] firstEdges() {
    return first.clone();
  }

  /** Positions in fields where runs begin and end, in turn. A copy. */
  public int[] edges() {
    return edges.clone();
  }

  /** Applies a layer to the runs of a row, before its step. */
  <A> void damp(RowKernels<A> kernels, A u, A previous, A keep, A pull, int row) {
    for (int edge = first[row]; edge < first[row + 1]; edge += 2) {
      kernels.damp(u, previous, keep, pull, edges[edge], edges[edge + 1]);
    }
  }
}
