package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import dev.stride.ops.gpu.internal.operator.Widths.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Padding of each axis with values of the tensor itself, on a device; of ports and meaning as
 * {@code stride.pad-edge}, {@code stride.pad-reflect}, {@code stride.pad-mirror} and {@code
 * stride.pad-absorbing} of the standard pack. The adjoint sums back: each point gets the cotangents
 * of all its images. Saves places and weights. Stateless.
 */
final class Padding extends LinearOperator {

  private static final double DEFAULT_STRENGTH = 2;
  private static final Port STRENGTH = Port.auxiliary("strength", Number.class).optional();

  private final Kind kind;
  private final AlongAxis along;

  /** What stands in the margins. */
  private enum Kind {
    EDGE,
    REFLECT,
    MIRROR,
    ABSORBING
  }

  private Padding(String name, Kind kind, ComputeDevice device, Port... ports) {
    super(name, device, ports);
    this.kind = kind;
    this.along = new AlongAxis(device, name);
  }

  static Padding edge(ComputeDevice device) {
    return new Padding("stride.pad-edge", Kind.EDGE, device, Widths.PORT);
  }

  static Padding reflect(ComputeDevice device) {
    return new Padding("stride.pad-reflect", Kind.REFLECT, device, Widths.PORT);
  }

  static Padding mirror(ComputeDevice device) {
    return new Padding("stride.pad-mirror", Kind.MIRROR, device, Widths.PORT);
  }

  static Padding absorbing(ComputeDevice device) {
    return new Padding("stride.pad-absorbing", Kind.ABSORBING, device, Widths.PORT, STRENGTH);
  }

  static List<Sample> absorbingSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 5), 23), 3),
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23), List.of(2, 0, 1, 3), 0.5)
            .described("two widths per axis, weak"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    double strength = kind == Kind.ABSORBING ? strength(call) : 0;
    List<Side> sides = Widths.read(x, call);
    check(x, sides, call);
    List<Optional<SparseMatrix>> matrices = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      Side side = sides.get(axis);
      matrices.add(
          side.isEmpty() ? Optional.empty() : Optional.of(matrix(x.extent(axis), side, strength)));
    }
    return new AxisMatrices(along, x.rank(), matrices);
  }

  private static double strength(OperatorCall call) {
    double strength = call.number("strength", DEFAULT_STRENGTH);
    if (!(strength >= 0) || Double.isInfinite(strength)) {
      throw Operands.wrong(
          call,
          "`strength` is "
              + strength
              + "; it must be finite and not negative. Leave it out for "
              + DEFAULT_STRENGTH
              + ".");
    }
    return strength;
  }

  private void check(Shape x, List<Side> sides, OperatorCall call) {
    if (kind == Kind.EDGE || kind == Kind.REFLECT) {
      Widths.checkFilled(x, sides, call);
      return;
    }
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.extent(axis) == 0) {
        throw Operands.wrong(
            call, "`x` has shape " + x + "; axis " + axis + " is empty and has no edge.");
      }
    }
  }

  private SparseMatrix matrix(int extent, Side side, double strength) {
    int rows = side.before() + extent + side.after();
    if (kind == Kind.ABSORBING) {
      return SparseMatrix.of(rows, extent, i -> faded(extent, side, i - side.before(), strength));
    }
    int[] sources =
        IntStream.range(-side.before(), extent + side.after())
            .map(i -> source(i, extent))
            .toArray();
    return SparseMatrix.picking(extent, sources);
  }

  private static Row faded(int extent, Side side, int i, double strength) {
    int inside = Math.clamp(i, 0, extent - 1);
    int beyond = i - inside;
    int width = beyond == 0 ? 1 : beyond < 0 ? side.before() : side.after();
    double depth = strength * beyond / width;
    return new Row().add(inside, Math.exp(-depth * depth));
  }

  /** The point of an axis that stands for one outside. */
  private int source(int i, int extent) {
    int last = extent - 1;
    return switch (kind) {
      case EDGE, ABSORBING -> Math.clamp(i, 0, last);
      case REFLECT -> last - Math.abs(last - Math.floorMod(i, Math.max(1, 2 * last)));
      case MIRROR -> {
        int turn = Math.floorMod(i, 2 * extent);
        yield Math.min(turn, 2 * extent - 1 - turn);
      }
    };
  }
}
