package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.DataType;

/**
 * The kernels of a shot in OpenCL C: one template, filled in for a grid's extents, number of
 * dimensions and spacing, an order, a time step and a type of elements, all as constants.
 *
 * <p>With {@code G = L u}, {@code s} the damping times the time step and {@code c} as in
 * docs/math/acoustic-wave.md, a step is {@code next = 2 u - (b next + e u) + c G}.
 */
public final class WaveSource {

  private static final String NODES =
      """
      #define PLACE \\
        const int x = get_global_id(0); \\
        const int y = get_global_id(1); \\
        const int z = DEPTH; \\
        const int i = FIRST + z * PLANE + y * PITCH + x;
      #define COMPACT ((z * ROWS + y) * WIDTH + x)
      #define IS_NODE (x < NX && y < NY)
      #define NODE ((z * NY + y) * NX + x)
      """;

  private static final String STEPS =
      """
      static T older(const T u, const T before, __global const T *s,
          const int x, const int y, const int z) {
      #if DAMPED
        const T loss = s[x] + s[WIDTH + y] + s[WIDTH + ROWS + z];
        const T whole = (T) 1 / ((T) 1 + loss);
        return ((T) 1 - loss) * whole * before + ((T) 2 + loss) * loss * whole * u;
      #else
        return before;
      #endif
      }

      #define STEP(g) \\
        next[i] = (T) 2 * u[i] - older(u[i], next[i], s, x, y, z) + c[i] * (g);

      __kernel void advance(__global const T *restrict u, __global T *restrict next,
          __global const T *restrict c, __global const T *restrict s) {
        PLACE
        const T g = LAPLACIAN(u, i);
        STEP(g)
      }

      __kernel void record(__global const T *restrict u, __global T *restrict next,
          __global const T *restrict c, __global const T *restrict s,
          __global T *restrict kept, const int at) {
        PLACE
        const T g = LAPLACIAN(u, i);
        STEP(g)
        kept[at + COMPACT] = g;
      }

      __kernel void correlate(__global const T *restrict u, __global T *restrict next,
          __global const T *restrict c, __global const T *restrict s,
          __global const T *restrict kept, const int at,
          __global T *restrict gradient, __global T *restrict energy) {
        PLACE
        const T g = LAPLACIAN(u, i);
        const T then = kept[at + COMPACT];
        gradient[COMPACT] += u[i] * then;
        energy[COMPACT] += then * then;
        STEP(g)
      }
      """;

  private static final String SUMS =
      """
      __kernel void drain(__global T *restrict batch, __global T *restrict total) {
        PLACE
        total[COMPACT] += batch[COMPACT];
        batch[COMPACT] = 0;
      }

      __kernel void medium(__global const T *restrict velocity, __global const T *restrict s,
          __global T *restrict c) {
        PLACE
        if (IS_NODE) {
          const T stride = velocity[NODE] * TIME_STEP;
      #if DAMPED
          c[i] = stride * stride / ((T) 1 + (s[x] + s[WIDTH + y] + s[WIDTH + ROWS + z]));
      #else
          c[i] = stride * stride;
      #endif
        }
      }

      __kernel void change(__global const T *restrict c, __global const T *restrict velocity,
          __global const T *restrict direction, __global T *restrict changed) {
        PLACE
        if (IS_NODE) {
          changed[i] = (T) 2 * c[i] * (direction[NODE] / velocity[NODE]);
        }
      }

      __kernel void add_product(__global T *restrict next, __global const T *restrict changed,
          __global const T *restrict kept) {
        PLACE
        next[i] += changed[i] * kept[COMPACT];
      }

      __kernel void finish(__global const T *restrict gradient, __global const T *restrict energy,
          __global const T *restrict velocity, __global T *restrict gradient_out,
          __global T *restrict energy_out) {
        PLACE
        if (IS_NODE) {
          gradient_out[NODE] = (T) 2 / velocity[NODE] * gradient[COMPACT];
          energy_out[NODE] = energy[COMPACT];
        }
      }
      """;

  /** A work item is a node that something is added to, or a point that is read. */
  private static final String POINTS =
      """
      static T added(__global const int *starts, __global const int *points,
          __global const T *weights, __global const T *series,
          const int node, const int n, const int samples, const T scale) {
        T sum = 0;
        for (int entry = starts[node]; entry < starts[node + 1]; entry++) {
          sum += weights[entry] * series[points[entry] * samples + n];
        }
        return sum * scale;
      }

      static void read_point(__global const T *level, __global const int *corners,
          __global const T *weights, __global T *series,
          const int point, const int n, const int samples, const T scale) {
        T sum = 0;
        for (int corner = 0; corner < CORNERS; corner++) {
          sum += weights[point * CORNERS + corner] * level[corners[point * CORNERS + corner]];
        }
        series[point * samples + n] = sum * scale;
      }

      __kernel void read_points(__global const T *restrict level, __global const int *restrict corners,
          __global const T *restrict weights, __global T *restrict series,
          const int count, const int n, const int samples, const T scale) {
        const int item = get_global_id(0);
        if (item < count) {
          read_point(level, corners, weights, series, item, n, samples, scale);
        }
      }

      __kernel void add_points(__global T *restrict target, __global const T *restrict c,
          __global const int *restrict nodes, __global const int *restrict starts,
          __global const int *restrict points, __global const T *restrict shares,
          __global const T *restrict added_series, const int node_count, const int added_n,
          const int samples, const T added_scale,
          __global const T *restrict level, __global const int *restrict corners,
          __global const T *restrict weights, __global T *restrict series,
          const int count, const int n, const T scale) {
        const int item = get_global_id(0);
        if (item < node_count) {
          const T sum = added(starts, points, shares, added_series, item, added_n, samples,
              added_scale);
          target[nodes[item]] += c[nodes[item]] * sum;
        } else if (item < node_count + count) {
          read_point(level, corners, weights, series, item - node_count, n, samples, scale);
        }
      }

      __kernel void keep_points(__global T *restrict kept, const int at,
          __global const int *restrict compact, __global const int *restrict starts,
          __global const int *restrict points, __global const T *restrict shares,
          __global const T *restrict series, const int node_count, const int n,
          const int samples, const T scale) {
        const int item = get_global_id(0);
        if (item < node_count) {
          kept[at + compact[item]] += added(starts, points, shares, series, item, n, samples, scale);
        }
      }
      """;

  private WaveSource() {}

  /** The program for a problem. */
  public static String of(WaveProblem problem, FieldLayout layout, boolean damped) {
    DataType type = problem.velocity().dataType();
    WaveGrid grid = problem.grid();
    StringBuilder text = new StringBuilder();
    if (type == DataType.FLOAT64) {
      text.append("#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n");
    }
    text.append("typedef ").append(type == DataType.FLOAT64 ? "double" : "float").append(" T;\n");
    define(text, "NX", grid.columns());
    define(text, "NY", grid.rows());
    define(text, "WIDTH", layout.width());
    define(text, "ROWS", layout.rows());
    define(text, "PITCH", layout.pitch());
    define(text, "PLANE", layout.plane());
    define(text, "FIRST", layout.first());
    define(text, "CORNERS", 1 << grid.dimensions());
    define(text, "DAMPED", damped ? 1 : 0);
    text.append("#define TIME_STEP ").append(number(problem.timeStep(), type)).append('\n');
    text.append("#define LAPLACIAN(u, i) (").append(laplacian(problem, layout)).append(")\n");
    String depth = grid.dimensions() == 2 ? "0" : "get_global_id(2)";
    text.append("#define DEPTH ").append(depth).append('\n');
    return text.append(NODES).append(STEPS).append(SUMS).append(POINTS).toString();
  }

  private static void define(StringBuilder text, String name, int value) {
    text.append("#define ").append(name).append(' ').append(value).append('\n');
  }

  /** The central difference over all axes, neighbours of equal weight summed first. */
  private static String laplacian(WaveProblem problem, FieldLayout layout) {
    DataType type = problem.velocity().dataType();
    int dimensions = problem.grid().dimensions();
    double[] weights = problem.stencil().coefficients(dimensions, problem.grid().spacing());
    int[] steps =
        dimensions == 2
            ? new int[] {1, layout.pitch()}
            : new int[] {1, layout.pitch(), layout.plane()};
    StringBuilder sum = new StringBuilder(number(weights[0], type)).append(" * (u)[i]");
    for (int distance = 1; distance < weights.length; distance++) {
      sum.append(" + ").append(number(weights[distance], type)).append(" * (");
      for (int axis = 0; axis < dimensions; axis++) {
        String term = "((u)[(i) - %1$d] + (u)[(i) + %1$d])".formatted(distance * steps[axis]);
        sum.append(axis == 0 ? "" : " + ").append(term);
      }
      sum.append(')');
    }
    return sum.toString();
  }

  private static String number(double value, DataType type) {
    return type == DataType.FLOAT64 ? Double.toString(value) : (float) value + "f";
  }
}
