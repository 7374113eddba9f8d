package dev.stride.ops.std.internal.space;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.kernel.Chunks;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Rows;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.space.RowLoops.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sum of square matrices along axes of a grid, {@code y = sum_a M_a x_a}, each of a part of one
 * array. Immutable.
 *
 * <p>Works on lines along the last axis. Away from the edges every line takes the same weights at
 * the same distances, and one fused loop computes it in a single pass; so it does near edges where
 * zeros stand beyond them, otherwise weights are applied one by one there. Needs two lines a
 * thread. What stands at a point depends on its position alone, not on threads.
 */
final class AxisSum {

  /** Points of a chunk. */
  private static final int CHUNK = 1 << 14;

  private final RowLoops loops;
  private final Shape shape;
  private final int length;
  private final List<Part> parts;
  private final Fused fused;
  private final @Nullable ZeroEdges zeroEdges;

  /**
   * A matrix along an axis.
   *
   * @param base where the part of the array begins that it acts on
   */
  record Part(int axis, AxisMatrix matrix, int base) {}

  /** A matrix and the run of its rows, around the middle one, that have the same weights. */
  private record Inner(int from, int to) {

    static Inner of(AxisMatrix matrix) {
      int middle = matrix.rows() / 2;
      int from = middle;
      while (from > 0 && matrix.alike(from - 1, middle)) {
        from--;
      }
      int to = middle;
      while (to < matrix.rows() && matrix.alike(to, middle)) {
        to++;
      }
      return new Inner(from, to);
    }

    boolean holds(int row) {
      return from <= row && row < to;
    }
  }

  private final Inner[] inner;
  private final int first;
  private final int last;

  /**
   * A sum.
   *
   * @param shape extents of the grid, none of which is 0
   * @param parts at most one an axis
   */
  AxisSum(RowLoops loops, Shape shape, List<Part> parts) {
    this.loops = loops;
    this.shape = shape;
    this.length = shape.rank() == 0 ? 1 : shape.extent(-1);
    this.parts = List.copyOf(parts);
    this.inner = parts.stream().map(part -> Inner.of(part.matrix())).toArray(Inner[]::new);
    int from = 0;
    int to = length;
    for (int p = 0; p < inner.length; p++) {
      if (isAlong(p)) {
        from = inner[p].from();
        to = inner[p].to();
      }
    }
    this.first = from;
    this.last = to;
    this.fused = Fused.of(terms());
    this.zeroEdges = fused.fits() ? ZeroEdges.of(shape, this.parts, fused.distances()) : null;
  }

  private boolean isAlong(int part) {
    return parts.get(part).axis() == shape.rank() - 1;
  }

  /** Distances and weights of the terms of an inner line, from its own first point. */
  private SortedMap<Integer, Double> terms() {
    SortedMap<Integer, Double> terms = new TreeMap<>();
    for (Part part : parts) {
      AxisMatrix matrix = part.matrix();
      int middle = matrix.rows() / 2;
      int stride = Shapes.inner(shape, part.axis());
      for (int k = matrix.starts()[middle]; k < matrix.starts()[middle + 1]; k++) {
        int distance = part.base() + (matrix.column()[k] - middle) * stride;
        terms.merge(distance, matrix.weight()[k], Double::sum);
      }
    }
    return terms;
  }

  /** Terms in the order that the fused loop takes them: grouped by the size of their weights. */
  @SuppressWarnings("ArrayRecordComponent") // private, and nobody writes to them
  private record Fused(List<Group> groups, double[] weights, int[] distances) {

    static Fused of(SortedMap<Integer, Double> terms) {
      TreeMap<Double, List<Integer>> bySize = new TreeMap<>();
      terms.forEach((distance, weight) ->
          bySize.computeIfAbsent(Math.abs(weight), w -> new ArrayList<>()).add(distance));
      List<Group> groups = new ArrayList<>();
      List<Double> weights = new ArrayList<>();
      List<Integer> distances = new ArrayList<>();
      bySize.forEach((size, group) -> {
        double sign = Math.signum(terms.getOrDefault(group.getFirst(), 1.0));
        Comparator<Integer> addedFirst =
            Comparator.comparing(d -> Math.signum(terms.getOrDefault(d, 1.0)) != sign);
        group.sort(addedFirst);
        int added =
            (int)
                group.stream().filter(d -> Math.signum(terms.getOrDefault(d, 1.0)) == sign).count();
        groups.add(new Group(added, group.size() - added));
        weights.add(sign * size);
        distances.addAll(group);
      });
      return new Fused(
          List.copyOf(groups),
          weights.stream().mapToDouble(Double::doubleValue).toArray(),
          distances.stream().mapToInt(Integer::intValue).toArray());
    }

    boolean fits() {
      return distances.length > 0 && distances.length <= RowLoops.MOST_TERMS;
    }
  }

  /** Sets {@code out[at...]} to the sum. */
  void apply(Object in, Object out, int at, Parallel parallel) {
    int lines = shape.size() / length;
    int lead = Math.max(1, CHUNK / length);
    Chunks.cover(parallel, lines, lead, (from, to) -> new Sweep(in, out, at).lines(from, to));
  }

  /** The work of one chunk. Not safe for concurrent use. */
  private final class Sweep {

    private final Object in;
    private final Object out;
    private final int at;
    private final DataType type;
    private final Object[] operands;
    private final int[] offsets;
    private final int[] index = new int[shape.rank()];
    private final ZeroEdges.@Nullable Lines lines;

    Sweep(Object in, Object out, int at) {
      this.in = in;
      this.out = out;
      this.at = at;
      this.type = in instanceof float[] ? DataType.FLOAT32 : DataType.FLOAT64;
      this.operands = new Object[fused.distances().length];
      Arrays.fill(operands, in);
      this.offsets = new int[operands.length];
      this.lines = zeroEdges == null ? null : zeroEdges.new Lines(in);
    }

    void lines(int from, int to) {
      Rows rows = fused.fits() ? loops.fused(fused.groups(), type) : RowLoops.added(type);
      for (int line = from; line < to; line++) {
        locate(line);
        int start = line * length;
        if (lines != null) {
          lines.find(start, index, operands, offsets);
          rows.run(operands, offsets, fused.weights(), out, at + start, length);
          continue;
        }
        if (fused.fits() && isInner()) {
          fusedLine(rows, start);
        } else {
          singly(start);
        }
        ends(start);
      }
    }

    private void locate(int line) {
      int rest = line;
      for (int axis = index.length - 2; axis >= 0; axis--) {
        index[axis] = rest % shape.extent(axis);
        rest /= shape.extent(axis);
      }
    }

    private boolean isInner() {
      for (int p = 0; p < inner.length; p++) {
        if (!isAlong(p) && !inner[p].holds(index[parts.get(p).axis()])) {
          return false;
        }
      }
      return true;
    }

    private void fusedLine(Rows rows, int start) {
      for (int k = 0; k < offsets.length; k++) {
        offsets[k] = start + first + fused.distances()[k];
      }
      rows.run(operands, offsets, fused.weights(), out, at + start + first, last - first);
    }

    /** The inner points of a line, one weight after the other. */
    private void singly(int start) {
      int to = at + start + first;
      Rows added = RowLoops.added(type);
      boolean begun = false;
      for (int p = 0; p < parts.size(); p++) {
        AxisMatrix matrix = parts.get(p).matrix();
        int row = isAlong(p) ? first : index[parts.get(p).axis()];
        for (int k = matrix.starts()[row]; k < matrix.starts()[row + 1]; k++) {
          int from = offset(p, start, row, matrix.column()[k]) + (isAlong(p) ? 0 : first);
          double[] weight = {matrix.weight()[k]};
          if (begun) {
            added.run(new Object[] {out, in}, new int[] {to, from}, weight, out, to, last - first);
          } else {
            RowLoops.scaled(type)
                .run(new Object[] {in}, new int[] {from}, weight, out, to, last - first);
            begun = true;
          }
        }
      }
    }

    /** Where a term of a line begins: its first point, or along the line the point itself. */
    private int offset(int p, int start, int row, int column) {
      Part part = parts.get(p);
      return isAlong(p)
          ? part.base() + start + column
          : part.base() + start + (column - row) * Shapes.inner(shape, part.axis());
    }

    /** The points at both ends of a line, where weights along it differ. */
    private void ends(int start) {
      for (int i = 0; i < first; i++) {
        end(start, i);
      }
      for (int i = last; i < length; i++) {
        end(start, i);
      }
    }

    private void end(int start, int i) {
      double sum = 0;
      for (int p = 0; p < parts.size(); p++) {
        AxisMatrix matrix = parts.get(p).matrix();
        int row = isAlong(p) ? i : index[parts.get(p).axis()];
        for (int k = matrix.starts()[row]; k < matrix.starts()[row + 1]; k++) {
          int from = offset(p, start, row, matrix.column()[k]) + (isAlong(p) ? 0 : i);
          sum += matrix.weight()[k] * HeapArray.get(in, from);
        }
      }
      HeapArray.set(out, at + start + i, sum);
    }
  }
}
