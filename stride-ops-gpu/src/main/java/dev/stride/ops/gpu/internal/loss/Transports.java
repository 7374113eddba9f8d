package dev.stride.ops.gpu.internal.loss;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Kernel;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.kernel.Source;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The cheapest ways to move the masses of traces into the form of others on a device: as {@code
 * Transport} of the standard pack does, a work item a pair of traces, in float64.
 *
 * <p>What belongs to one place of all traces stands side by side, {@code [place, trace]}.
 */
final class Transports {

  private static final String MASSES =
      """
      __kernel void masses(
          const uint count, const uint traces, const uint length, const double scale,
          __global const T *x, __global double *shares) {
        const uint item = min((uint) get_global_id(0), count - 1);
        const double scaled = x[item % traces * length + item / traces] / scale;
        const double rest = log1p(exp(-fabs(scaled)));
        shares[item] = (scaled > 0 ? scaled : 0) + rest;
      }
      __kernel void ends(
          const uint traces, const uint length, const double scale,
          __global double *shares, __global double *slopes, __global double *ends) {
        const uint trace = get_global_id(0);
        if (trace >= traces) { return; }
        double sum = 0, end = 0;
        for (uint i = 0; i < length; i++) { sum += shares[i * traces + trace]; }
        ends[trace] = 0;
        for (uint i = 0; i < length; i++) {
          const uint at = i * traces + trace;
          const double mass = shares[at], share = mass / sum;
          slopes[at] = -expm1(-mass) / (scale * sum);
          shares[at] = share;
          end = end + share > 1 ? 1 : end + share;
          ends[at + traces] = end;
        }
        ends[length * traces + trace] = isnan(end) ? end : 1;
      }
      """;

  /** Goes through the pieces of the mass from the left to the right. */
  private static final String PIECES =
      """
      typedef struct {
        uint i, j;
        double t, u, mass, nextT, nextU, next;
      } Piece;
      static double position(
          __global const double *ends, const uint traces, const uint cell, const double mass) {
        const double end = ends[(cell + 1) * traces], start = ends[cell * traces];
        return mass == end ? cell + 1 : cell + (mass - start) / (end - start);
      }
      static void look(
          Piece *piece, const uint n, const uint traces,
          __global const double *first, __global const double *second) {
        const double a = piece->i < n ? first[(piece->i + 1) * traces] : INFINITY;
        const double b = piece->j < n ? second[(piece->j + 1) * traces] : INFINITY;
        piece->next = a < b ? a : b;
        piece->nextT = piece->i < n ? position(first, traces, piece->i, piece->next) : n;
        piece->nextU = piece->j < n ? position(second, traces, piece->j, piece->next) : n;
      }
      static void go(
          Piece *piece, const uint n, const uint traces,
          __global const double *first, __global const double *second) {
        const bool endsFirst = piece->i < n && piece->next == first[(piece->i + 1) * traces];
        const bool endsSecond = piece->j < n && piece->next == second[(piece->j + 1) * traces];
        piece->i += endsFirst ? 1 : 0;
        piece->j += endsSecond ? 1 : 0;
        piece->mass = piece->next;
        piece->t = piece->nextT;
        piece->u = piece->nextU;
      }
      __kernel void costs(
          const uint traces, const uint length, const uint each, const double factor,
          __global const double *first, __global const double *second,
          __global const T *weights, __global double *costs) {
        const uint trace = get_global_id(0);
        if (trace >= traces) { return; }
        first += trace;
        second += trace;
        const double known = first[length * traces] + second[length * traces];
        double sum = 0;
        Piece piece = {0, 0, 0, 0, 0, 0, 0, 0};
        while (!isnan(known) && (piece.i < length || piece.j < length)) {
          look(&piece, length, traces, first, second);
          const double d0 = piece.t - piece.u, d1 = piece.nextT - piece.nextU;
          sum += (piece.next - piece.mass) * (d0 * d0 + d0 * d1 + d1 * d1) / 3;
          go(&piece, length, traces, first, second);
        }
        costs[trace] = weights[each ? trace : 0] * factor * (isnan(known) ? known : sum);
      }
      __kernel void slopes(
          const uint traces, const uint length, const uint each, const double factor,
          __global const double *first, __global const double *second,
          __global const double *shares, __global const double *slopes,
          __global const T *weights, __global const T *g,
          __global double *potential, __global T *out) {
        const uint trace = get_global_id(0);
        if (trace >= traces) { return; }
        first += trace;
        second += trace;
        const double known = first[length * traces] + second[length * traces];
        for (uint i = 0; i < length; i++) {
          potential[i * traces + trace] = isnan(known) ? known : 0;
        }
        double height = 0, mean = 0;
        Piece piece = {0, 0, 0, 0, 0, 0, 0, 0};
        while (!isnan(known) && (piece.i < length || piece.j < length)) {
          look(&piece, length, traces, first, second);
          const double dt = piece.nextT - piece.t;
          const double d0 = piece.t - piece.u, d1 = piece.nextT - piece.nextU;
          const uint cell = min(piece.i, length - 1);
          potential[cell * traces + trace] += dt * (height + dt * (2 * d0 + d1) / 3);
          height += dt * (d0 + d1);
          go(&piece, length, traces, first, second);
        }
        for (uint i = 0; i < length; i++) {
          mean += shares[i * traces + trace] * potential[i * traces + trace];
        }
        const double scaled = factor * weights[each ? trace : 0] * g[0];
        for (uint i = 0; i < length; i++) {
          const uint at = i * traces + trace;
          out[trace * length + i] = (T) (scaled * (potential[at] - mean) * slopes[at]);
        }
      }
      """;

  private final ComputeDevice device;
  private final String operator;

  Transports(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
  }

  /**
   * Traces as masses that sum to 1.
   *
   * @param shares of each place
   * @param slopes of softplus over the sum, of each place
   * @param ends mass up to each end of a place, from 0 to 1
   */
  record Masses(int traces, int length, Tensor shares, Tensor slopes, Tensor ends) {}

  /** Starts to make masses of traces. */
  Masses masses(Tensor x, double scale, Scratch scratch) {
    int length = x.shape().extent(-1);
    int traces = x.size() / length;
    Tensor shares = scratch.keep(wide(length, traces));
    Tensor slopes = scratch.keep(wide(length, traces));
    Tensor ends = scratch.keep(wide(length + 1, traces));
    if (traces > 0) {
      launch(
          x.dataType(),
          "masses",
          x.size(),
          List.of(x.size(), traces, length, scale, device.storage(x), device.storage(shares)),
          shares);
      launch(
          x.dataType(),
          "ends",
          traces,
          List.of(
              traces,
              length,
              scale,
              device.storage(shares),
              device.storage(slopes),
              device.storage(ends)),
          shares,
          slopes,
          ends);
    }
    return new Masses(traces, length, shares, slopes, ends);
  }

  private Tensor wide(int... extents) {
    Shape shape = Shape.of(extents);
    return device.allocate(shape, DataType.FLOAT64, operator + " workspace");
  }

  /**
   * Starts to compute what it costs to move masses to others, in float64, one a trace.
   *
   * @param weights one, or one a trace
   */
  Tensor costs(Masses p, Masses q, Tensor weights, double factor) {
    Tensor costs = wide(p.traces());
    if (p.traces() > 0) {
      launch(
          weights.dataType(),
          "costs",
          p.traces(),
          List.of(
              p.traces(),
              p.length(),
              weights.shape().rank() > 0 ? 1 : 0,
              factor,
              device.storage(p.ends()),
              device.storage(q.ends()),
              device.storage(weights),
              device.storage(costs)),
          costs);
    }
    return costs;
  }

  /**
   * Starts to compute the slopes of the weighted costs along the traces that the first masses are
   * made of, times a number on the device.
   */
  Tensor slopes(
      Masses p, Masses q, Shape shape, Tensor weights, Tensor g, double factor, Scratch scratch) {
    Tensor out = device.allocate(shape, g.dataType(), operator + " " + shape);
    if (p.traces() > 0) {
      Tensor potential = scratch.keep(wide(p.length(), p.traces()));
      launch(
          g.dataType(),
          "slopes",
          p.traces(),
          List.of(
              p.traces(),
              p.length(),
              weights.shape().rank() > 0 ? 1 : 0,
              factor,
              device.storage(p.ends()),
              device.storage(q.ends()),
              device.storage(p.shares()),
              device.storage(p.slopes()),
              device.storage(weights),
              device.storage(g),
              device.storage(potential),
              device.storage(out)),
          potential,
          out);
    }
    return out;
  }

  private void launch(
      DataType type, String kernel, int items, List<Object> arguments, Tensor... written) {
    List<DeviceStorage> targets = List.of(written).stream().map(device::storage).toList();
    Kernel function = device.kernel(new Form(type), () -> source(type), kernel);
    device.launch(new Launch(function, operator, items, arguments, targets));
  }

  /** All that the source depends on. */
  private record Form(DataType type) {}

  private static String source(DataType type) {
    return Source.types(DataType.FLOAT64)
        + "typedef %s T;\n".formatted(Source.name(type))
        + MASSES
        + PIECES;
  }
}
