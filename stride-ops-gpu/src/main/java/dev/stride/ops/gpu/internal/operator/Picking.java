package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tensor shifted around, or with each slab repeated in place, along an axis, on a device; of
 * ports and meaning as {@code stride.roll} and {@code stride.repeat} of the standard pack. The
 * adjoint adds slabs up where they came from. Saves a place for each point of the axis. Stateless.
 */
final class Picking extends LinearOperator {

  private final String number;
  private final AlongAxis along;

  private Picking(String name, String number, ComputeDevice device) {
    super(
        name,
        device,
        Port.auxiliary(number, Number.class),
        Port.auxiliary("axis", Number.class).optional());
    this.number = number;
    this.along = new AlongAxis(device, name);
  }

  static Picking roll(ComputeDevice device) {
    return new Picking("stride.roll", "shift", device);
  }

  static Picking repeat(ComputeDevice device) {
    return new Picking("stride.repeat", "count", device);
  }

  static List<Sample> rollSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(5, 3), 23), 2),
        Sample.of(Domain.ALL.of(Shape.of(2, 4, 3), 23), -9, 1).described("middle axis, backwards"));
  }

  static List<Sample> repeatSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23), 2),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 2), 23), 3, 1).described("middle axis"),
        Sample.of(Domain.ALL.of(Shape.of(0, 3), 23), 2).described("empty"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    int axis = Indices.axis(call, "x", x);
    int given = call.integer(number);
    int extent = x.extent(axis);
    int[] places = number.equals("shift") ? shifted(extent, given) : repeated(call, extent, given);
    return AxisMatrices.one(along, x, axis, SparseMatrix.picking(extent, places));
  }

  private static int[] shifted(int extent, int shift) {
    return IntStream.range(0, extent).map(i -> Math.floorMod((long) i - shift, extent)).toArray();
  }

  private static int[] repeated(OperatorCall call, int extent, int count) {
    if (count < 0) {
      throw Operands.wrong(call, "`count` is " + count + "; it must not be negative.");
    }
    return IntStream.range(0, Math.multiplyExact(extent, count)).map(i -> i / count).toArray();
  }
}
