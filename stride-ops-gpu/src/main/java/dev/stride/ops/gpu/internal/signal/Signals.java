package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.gpu.internal.operator.Operands;

/** Checks that arguments of operators on signals have in common. */
final class Signals {

  private Signals() {}

  /** Checks that there is a last axis with a sample on it. */
  static void checkTime(OperatorCall call, String port, Shape shape) {
    if (shape.rank() == 0 || shape.extent(-1) == 0) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has shape "
              + shape
              + "; its last axis must be time, with one sample or more. Give at least one sample.");
    }
  }

  /** The number of last axes to work on, 1 unless {@code axes} says otherwise. */
  static int axes(OperatorCall call, String port, Shape shape) {
    checkTime(call, port, shape);
    int axes = call.integer("axes", 1);
    if (axes < 1 || axes > Math.min(3, shape.rank())) {
      throw Operands.wrong(
          call,
          "`axes` is "
              + axes
              + ", but `"
              + port
              + "` has shape "
              + shape
              + "; it must be from 1 to "
              + Math.min(3, shape.rank())
              + ", the number of last axes to transform.");
    }
    return axes;
  }

  /** Product of the last extents. */
  static double points(Shape shape, int axes) {
    double points = 1;
    for (int axis = 1; axis <= axes; axis++) {
      points *= shape.extent(-axis);
    }
    return points;
  }

  /** The step between samples, checked. */
  static double timeStep(OperatorCall call) {
    double timeStep = call.number("timeStep");
    if (!(timeStep > 0) || Double.isInfinite(timeStep)) {
      throw Operands.wrong(
          call, "`timeStep` is " + timeStep + " s; it must be positive and finite.");
    }
    return timeStep;
  }
}
