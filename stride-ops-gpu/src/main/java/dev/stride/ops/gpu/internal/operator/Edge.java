package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a difference takes a field for beyond the first and the last point of an axis. */
enum Edge {
  /** Nothing: near an edge the difference leans inwards and keeps its order. */
  ONE_SIDED,
  /** Zeros. */
  ZERO,
  /** The field mirrored between two points: {@code x[-1] = x[0], x[-2] = x[1]}. */
  MIRROR,
  /** The field again from its other end. */
  PERIODIC;

  /** The edge that a call names; one-sided if it names none. */
  static Edge of(OperatorCall call) {
    if (!call.has("edge")) {
      return ONE_SIDED;
    }
    String name = call.value("edge", String.class);
    List<String> names = Arrays.stream(values()).map(Edge::toString).toList();
    if (!names.contains(name)) {
      throw Operands.wrong(
          call, "`edge` is '" + name + "'; it must be one of " + String.join(", ", names) + ".");
    }
    return values()[names.indexOf(name)];
  }

  /** The point of an axis that stands for one outside; -1: its value is 0. */
  int inside(int index, int extent) {
    return switch (this) {
      case ONE_SIDED, ZERO -> index < 0 || index >= extent ? -1 : index;
      case PERIODIC -> Math.floorMod(index, extent);
      case MIRROR -> {
        int turn = Math.floorMod(index, 2 * extent);
        yield Math.min(turn, 2 * extent - 1 - turn);
      }
    };
  }

  /** The name in calls: {@code one-sided}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
