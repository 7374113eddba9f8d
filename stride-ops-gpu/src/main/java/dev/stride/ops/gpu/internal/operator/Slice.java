package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.Arrays;
import java.util.List;

/**
 * A box of a tensor, or every few elements of one, in either direction, on a device; of ports and
 * meaning as {@code stride.slice} of the standard pack. The adjoint is the cotangent at those
 * positions and 0 elsewhere. Saves shapes and indices. Stateless.
 */
final class Slice extends LinearOperator {

  private final ComputeDevice device;
  private final Views views;

  Slice(ComputeDevice device) {
    super(
        "stride.slice",
        device,
        Port.auxiliary("start", Number.class).variadic(),
        Port.auxiliary("stop", Number.class).variadic(),
        Port.auxiliary("step", Number.class).variadic());
    this.device = device;
    this.views = new Views(device, "stride.slice");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(5, 7), 23), List.of(1, 2), List.of(4, 6)),
        Sample.of(Domain.ALL.of(Shape.of(6, 4), 23), List.of(5, 2), List.of(-1, 0), List.of(-2, -1))
            .described("backwards"),
        Sample.of(Domain.ALL.of(Shape.of(5), 23), List.of(2), List.of(2))
            .described("nothing is taken"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int[] start = indices(call, "start", x);
    int[] stop = indices(call, "stop", x);
    int[] step = steps(call, x);
    int[] strides = Views.rowMajor(x);
    int[] extents = new int[start.length];
    int offset = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      check(call, x, axis, start[axis], stop[axis], step[axis]);
      extents[axis] = Math.ceilDiv(stop[axis] - start[axis], step[axis]);
      offset += start[axis] * strides[axis];
      strides[axis] *= step[axis];
    }
    return new Box(x, Shape.of(extents), offset, strides);
  }

  private static int[] steps(OperatorCall call, Shape x) {
    if (call.values("step", Number.class).isEmpty()) {
      int[] ones = new int[x.rank()];
      Arrays.fill(ones, 1);
      return ones;
    }
    return indices(call, "step", x);
  }

  private static void check(OperatorCall call, Shape x, int axis, int start, int stop, int step) {
    int extent = x.extent(axis);
    boolean fits =
        step > 0 ? 0 <= start && start <= stop : -1 <= stop && stop <= start && start < extent;
    if (step == 0 || !fits || stop > extent) {
      throw Operands.wrong(
          call,
          "axis "
              + axis
              + " of `x`, which has shape "
              + x
              + ", is sliced from "
              + start
              + " to "
              + stop
              + (step == 1 ? "" : " in steps of " + step)
              + "; it must be "
              + rule(step, extent));
    }
  }

  private static String rule(int step, int extent) {
    if (step == 0) {
      return "another number than 0. Correct `step`.";
    }
    return (step > 0 ? "0 <= start <= stop <= " : "-1 <= stop <= start < ")
        + extent
        + ". Correct `start` or `stop`.";
  }

  private static int[] indices(OperatorCall call, String port, Shape x) {
    List<Number> given = call.values(port, Number.class);
    if (x.rank() == 0 || given.size() != x.rank()) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` has "
              + given.size()
              + " numbers, but `x` has shape "
              + x
              + ". Give one per axis, of which there must be at least one.");
    }
    return given.stream().mapToInt(number -> Indices.whole(call, port, number)).toArray();
  }

  private final class Box implements LinearMap {

    private final Shape from;
    private final Shape to;
    private final int offset;
    private final int[] strides;

    Box(Shape from, Shape to, int offset, int... strides) {
      this.from = from;
      this.to = to;
      this.offset = offset;
      this.strides = strides;
    }

    @Override
    public Tensor forward(Tensor x) {
      return views.copy(x, to, offset, strides);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      Tensor whole = device.filled(from, cotangent.dataType(), 0);
      views.put(cotangent, whole, offset, strides);
      return whole;
    }
  }
}
