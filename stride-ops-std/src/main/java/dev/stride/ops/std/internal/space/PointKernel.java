package dev.stride.ops.std.internal.space;

import dev.stride.api.OperatorCall;
import dev.stride.ops.std.internal.operator.Operands;

/**
 * The weight of a node for a point between nodes, as a function of their distance, and its first
 * two derivatives.
 */
enum PointKernel {
  /** A hat: straight lines between neighbours. */
  LINEAR {
    @Override
    int nodes() {
      return 2;
    }

    @Override
    double weight(double distance, boolean behind, int derivative) {
      return switch (derivative) {
        case 0 -> 1 - Math.abs(distance);
        case 1 -> behind ? 1 : -1;
        default -> 0;
      };
    }
  },
  /** The sinc function under a Kaiser window. */
  SINC {
    @Override
    int nodes() {
      return 2 * WindowedSinc.REACH;
    }

    @Override
    double weight(double distance, boolean behind, int derivative) {
      return WindowedSinc.at(distance, derivative);
    }
  };

  /** Nodes along an axis that a point has weights for, half of them on each side. */
  abstract int nodes();

  /**
   * The weight.
   *
   * @param distance of the point from the node, in points
   * @param behind whether the node is one of those behind the point
   * @param derivative how often it is differentiated, 0 to 2
   */
  abstract double weight(double distance, boolean behind, int derivative);

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
