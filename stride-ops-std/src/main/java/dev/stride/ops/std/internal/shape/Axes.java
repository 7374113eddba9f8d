package dev.stride.ops.std.internal.shape;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.ops.std.internal.operator.Operands;
import java.util.List;
import java.util.stream.IntStream;

/** Reads axes of {@code x} from the variadic port {@code axes}, each at most once. */
final class Axes {

  private Axes() {}

  /** The axes given, counted from the first. */
  static int[] read(Shape x, OperatorCall call) {
    List<Number> given = call.values("axes", Number.class);
    int[] axes = new int[given.size()];
    boolean[] seen = new boolean[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      int axis = Indices.whole(call, "axes", given.get(i));
      axes[i] = axis < 0 ? axis + x.rank() : axis;
      if (axes[i] < 0 || axes[i] >= x.rank()) {
        throw Operands.wrong(
            call,
            "`axes` has "
                + axis
                + ", but `x` has shape "
                + x
                + "; axes are from "
                + -x.rank()
                + " to "
                + (x.rank() - 1)
                + ". Correct `axes`.");
      }
      if (seen[axes[i]]) {
        throw Operands.wrong(call, "`axes` has axis " + axes[i] + " twice. Name each axis once.");
      }
      seen[axes[i]] = true;
    }
    return axes;
  }

  /** The axes given, or all of them if none are. */
  static int[] readOrAll(Shape x, OperatorCall call) {
    int[] axes = read(x, call);
    return axes.length > 0 ? axes : IntStream.range(0, x.rank()).toArray();
  }
}
