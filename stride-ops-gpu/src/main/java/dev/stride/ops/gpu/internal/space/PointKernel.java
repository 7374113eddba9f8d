package dev.stride.ops.gpu.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.ops.gpu.internal.operator.Operands;

/**
 * The weight of a node for a point between nodes, as a function of their distance, and its slope.
 */
enum PointKernel {
  /** A hat: straight lines between neighbours. */
  LINEAR {
    @Override
    int nodes() {
      return 2;
    }

    @Override
    double weight(double distance, boolean behind, boolean slope) {
      return slope ? behind ? 1 : -1 : 1 - Math.abs(distance);
    }
  },
  /** The sinc function under a Kaiser window. */
  SINC {
    @Override
    int nodes() {
      return 2 * WindowedSinc.REACH;
    }

    @Override
    double weight(double distance, boolean behind, boolean slope) {
      return slope ? WindowedSinc.slope(distance) : WindowedSinc.value(distance);
    }
  };

  /** Nodes along an axis that a point has weights for, half of them on each side. */
  abstract int nodes();

  /**
   * The weight.
   *
   * @param distance of the point from the node, in points
   * @param behind whether the node is one of those behind the point
   * @param slope whether its slope is wanted
   */
  abstract double weight(double distance, boolean behind, boolean slope);

  /** The kernel that a call names in {@code kind}; linear if it names none. */
  static PointKernel of(OperatorCall call) {
    String kind = call.has("kind") ? call.value("kind", String.class) : "linear";
    return switch (kind) {
      case "linear" -> LINEAR;
      case "sinc" -> SINC;
      default -> throw Operands.wrong(call, "`kind` is '" + kind + "'; it must be linear or sinc.");
    };
  }
}
