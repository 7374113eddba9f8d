package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.AdjointCall;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Traces delayed by any time, by Fourier series, on a device; of ports and meaning as {@code
 * stride.time-shift} of the standard pack.
 *
 * <p>With {@code S} the shifted traces, the adjoint is those of the cotangent shifted back for x,
 * and {@code <g, dS/dshift>} for the shift. Waits for the shifts, which are checked; their factors
 * are computed on the host, in float64. Saves nothing; the adjoint sees both arguments. Stateless
 * but for a bounded cache of tables.
 */
final class TimeShift implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.time-shift")
          .input("x")
          .input("shift")
          .auxiliary("timeStep", Number.class)
          .input(Port.auxiliary("derivative", Number.class).optional())
          .output("y")
          .linearIn("x")
          .build();

  private static final List<String> PORTS = List.of("x", "shift");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code REAL = Code.of("a * c - b * d", "a", "b", "c", "d");
  private static final Code IMAGINARY = Code.of("a * d + b * c", "a", "b", "c", "d");
  private static final Code CHANGE = Code.of("along + slope * moved", "along", "slope", "moved");

  private final ComputeDevice device;
  private final Fourier fourier;
  private final Elements elements;
  private final Reduction sums;

  TimeShift(ComputeDevice device, Tables tables) {
    this.device = device;
    this.fourier = new Fourier(device, tables, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name());
    this.sums = new Reduction(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(12), 23), Tensor.scalar(0.3), 0.5),
        Sample.of(
                Domain.ALL.of(Shape.of(3, 1, 7), 23),
                Tensor.of(Shape.of(3, 1, 1), 0.3, -2.5, 4),
                0.5)
            .described("a shift for each trace, odd"),
        Sample.of(Domain.ALL.of(Shape.of(2, 8), 23), Tensor.scalar(0.4), 1)
            .with("derivative", 1)
            .described("first derivative"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Tensor shift = call.tensor("shift");
    Signals.checkTime(call, "x", x.shape());
    Operands.sameType(call, PORTS, List.of(x, shift));
    checkShift(call, x.shape(), shift);
    Signals.timeStep(call);
    if (order(call) < 0) {
      throw Operands.wrong(
          call, "`derivative` is " + call.integer("derivative") + "; it must be 0 or more.");
    }
    return Outputs.of(shifted(call, Operands.on(device, x), 1, order(call), 1));
  }

  private static void checkShift(OperatorCall call, Shape x, Tensor shift) {
    Shape each = with(x, 1);
    if (shift.shape().rank() != 0 && !shift.shape().equals(each)) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + " but `shift` has shape "
              + shift.shape()
              + "; there is one shift for all traces, in shape [], or one for each, in shape "
              + each
              + ". Reshape it.");
    }
    for (double value : shift.toDoubleArray()) {
      if (!Double.isFinite(value)) {
        throw Operands.wrong(call, "`shift` is " + value + " s; it must be finite.");
      }
    }
  }

  private static int order(OperatorCall call) {
    return call.integer("derivative", 0);
  }

  private static Shape with(Shape shape, int last) {
    int[] extents = shape.toArray();
    extents[extents.length - 1] = last;
    return Shape.of(extents);
  }

  /**
   * A derivative of traces along the shift, delayed by the shift of the call.
   *
   * @param sign of the shift, 1 or -1
   * @param factor that the result is multiplied by
   */
  private Tensor shifted(OperatorCall call, Tensor x, int sign, int order, double factor) {
    int length = x.shape().extent(-1);
    double scale = factor / length;
    try (Scratch scratch = new Scratch()) {
      Pair half = fourier.half(x, 1, 1, 1);
      Tensor re = scratch.keep(half.real());
      Tensor im = scratch.keep(half.imaginary());
      Pair turn = factors(call, length, sign, order, x.dataType());
      List<Tensor> operands =
          List.of(re, im, scratch.keep(turn.real()), scratch.keep(turn.imaginary()));
      Tensor turnedRe = scratch.keep(elements.compute(REAL, re.shape(), operands));
      Tensor turnedIm = scratch.keep(elements.compute(IMAGINARY, re.shape(), operands));
      return fourier.whole(new Pair(turnedRe, turnedIm), length, 1, scale, scale);
    }
  }

  /** {@code (-i w)^order exp(-i w shift)} for the half spectra. */
  private Pair factors(OperatorCall call, int length, int sign, int order, DataType type) {
    double[] shifts = call.tensor("shift").toDoubleArray();
    double timeStep = call.number("timeStep");
    int bins = length / 2 + 1;
    double[] re = new double[Math.multiplyExact(shifts.length, bins)];
    double[] im = new double[re.length];
    for (int at = 0; at < re.length; at++) {
      int k = at % bins;
      double turn = 2 * Math.PI * k / length;
      double angle = turn * (sign * shifts[at / bins] / timeStep) + order * Math.PI / 2;
      double size = Math.pow(turn / timeStep, order);
      re[at] = size * Math.cos(angle);
      im[at] = 2 * k == length ? 0 : -size * Math.sin(angle);
    }
    Shape given = call.tensor("shift").shape();
    Shape shape = given.rank() == 0 ? Shape.of(bins) : with(given, bins);
    return new Pair(uploaded(shape, re, type), uploaded(shape, im, type));
  }

  private Tensor uploaded(Shape shape, double[] numbers, DataType type) {
    return device.upload(Tensor.adopt(shape, numbers).cast(type));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor g = Operands.on(device, call.cotangent());
    int order = order(call);
    return Gradients.of(
        call.needsGrad("x") ? shifted(call, g, -1, order, order % 2 == 0 ? 1 : -1) : null,
        call.needsGrad("shift") ? towardsShift(call, g) : null);
  }

  private Tensor towardsShift(AdjointCall call, Tensor g) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = Axes.repeated(call.tensor("shift").shape(), g.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor slope = scratch.keep(shifted(call, x, 1, order(call) + 1, 1));
      return sums.compute(PRODUCT, axes, 1, List.of(g, slope));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Tensor direction = Operands.on(device, call.direction("x"));
    Tensor moved = Operands.on(device, call.direction("shift"));
    try (Scratch scratch = new Scratch()) {
      Tensor along = scratch.keep(shifted(call, direction, 1, order(call), 1));
      Tensor slope = scratch.keep(shifted(call, x, 1, order(call) + 1, 1));
      return Outputs.of(elements.compute(CHANGE, x.shape(), List.of(along, slope, moved)));
    }
  }
}
