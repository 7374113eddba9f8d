package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import java.util.List;

/** The auxiliary inputs of differences on grids: spacing, order and edge. */
final class GridPorts {

  private static final int DEFAULT_ORDER = 2;
  private static final int LARGEST_ORDER = 10;

  private GridPorts() {}

  /** The ports behind {@code x}. */
  static Port[] all() {
    return new Port[] {
      Port.auxiliary("spacing", Number.class).variadic(),
      Port.auxiliary("order", Number.class).optional(),
      Port.auxiliary("edge", String.class).optional()
    };
  }

  /** A rank of 1 or more. */
  static void requireAxes(OperatorCall call, Shape x) {
    if (x.rank() == 0) {
      throw Operands.wrong(
          call, "`x` is a scalar and has no axis to differentiate along. Reshape it to [1] first.");
    }
  }

  /** The spacing along each axis of a grid: one number for all, or one an axis. */
  static double[] spacing(OperatorCall call, Shape grid) {
    List<Number> given = call.values("spacing", Number.class);
    if (given.size() != 1 && given.size() != grid.rank()) {
      throw Operands.wrong(
          call,
          "`spacing` has "
              + given.size()
              + " numbers, but the grid has shape "
              + grid
              + ". Give one for all axes, or a list of one per axis.");
    }
    double[] spacing = new double[grid.rank()];
    for (int axis = 0; axis < spacing.length; axis++) {
      spacing[axis] = given.get(given.size() == 1 ? 0 : axis).doubleValue();
      if (!(spacing[axis] > 0) || Double.isInfinite(spacing[axis])) {
        throw Operands.wrong(
            call,
            "`spacing` is "
                + spacing[axis]
                + " along axis "
                + axis
                + "; it must be positive and finite. Give the distance between neighbours.");
      }
    }
    return spacing;
  }

  /** The order of accuracy; 2 if it is left out. */
  static int order(OperatorCall call, boolean orOne) {
    int order = call.integer("order", DEFAULT_ORDER);
    if (order < 1 || order > LARGEST_ORDER || (order % 2 != 0 && !(order == 1 && orOne))) {
      throw Operands.wrong(
          call,
          "`order` is "
              + order
              + "; it must be "
              + (orOne ? "1, 2, 4, 6, 8 or 10" : "2, 4, 6, 8 or 10")
              + ". Leave it out for "
              + DEFAULT_ORDER
              + ".");
    }
    return order;
  }

  /** Checks that one-sided edges of this order have the points that they take. */
  static void requirePoints(OperatorCall call, Shape grid, int derivative, int order, Edge edge) {
    int needed = Differences.needed(derivative, order);
    for (int axis = 0; axis < grid.rank() && edge == Edge.ONE_SIDED; axis++) {
      if (grid.extent(axis) > 0 && grid.extent(axis) < needed) {
        throw Operands.wrong(
            call,
            "the grid has shape "
                + grid
                + ", but one-sided edges of order "
                + order
                + " take "
                + needed
                + " points along each axis. Lower `order`, or give another `edge`.");
      }
    }
  }
}
