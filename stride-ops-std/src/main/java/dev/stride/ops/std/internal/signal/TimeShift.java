package dev.stride.ops.std.internal.signal;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Shapes;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.SumTo;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traces delayed by any time, fractions of a sample included, by Fourier series.
 *
 * <p>With X the transform of the n samples of x and {@code a = shift / timeStep}, computes {@code y
 * = F^-1 (exp(-2 pi i a k / n) X)} over the half spectrum, {@code cos(pi a) X} at {@code k = n/2}
 * if n is even: {@code y(t) = x(t - shift)}. Traces are taken as periodic: pad them with zeros
 * where what leaves at one end should not enter at the other. For a cotangent {@code g} the adjoint
 * for x is g shifted by {@code -shift}, and for the shift {@code <g, dy/dshift>}, whose spectrum
 * has the factor {@code -2 pi i k / (n timeStep)}; the inner product is over all traces, or over
 * each.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>[..., time]<td>any
 *   <tr><td>shift<td>[] for all traces, or [..., 1], one a trace<td>s
 *   <tr><td>timeStep (auxiliary)<td>number<td>s
 *   <tr><td>derivative (optional, auxiliary)<td>whole number, default 0: that derivative of y along
 *       the shift instead<td>1
 *   <tr><td>y (output)<td>as x<td>as x; per s for each derivative
 * </table>
 *
 * <p>Saves nothing; the adjoint sees both arguments. Takes two half spectra of workspace. Results
 * do not depend on threads. Stateless but for a bounded cache of tables.
 */
public final class TimeShift
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.time-shift")
          .input("x")
          .input("shift")
          .auxiliary("timeStep", Number.class)
          .input(Port.auxiliary("derivative", Number.class).optional())
          .output("y")
          .linearIn("x")
          .build();

  private final Fourier fourier;

  /** An operator that transforms with tables of {@code fourier}. */
  public TimeShift(Fourier fourier) {
    this.fourier = fourier;
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(12), 0.3, 0.5),
        of(Shape.of(2, 7), -1.7, 1).described("odd, to the left"),
        of(Shape.of(2, 1, 31), 12.25, 1).described("prime, far"),
        Sample.of(
                Singles.normal(Shape.of(3, 1, 6)), Tensor.of(Shape.of(3, 1, 1), 0.3, -2.5, 4), 0.5)
            .described("a shift for each trace"),
        Sample.of(Singles.normal(Shape.of(9)).times(1e6), Tensor.scalar(1e-7), 1e-7)
            .described("large numbers, ultrasound units"),
        of(Shape.of(2, 8), 0.4, 1).with("derivative", 1).described("first derivative"),
        of(Shape.of(2, 2, 1, 5), 0.4, 1).with("derivative", 2).described("second derivative"),
        of(Shape.of(0, 5), 0.3, 1).described("no trace"));
  }

  private static Sample of(Shape shape, double shift, double timeStep) {
    return Sample.of(Singles.normal(shape), Tensor.scalar(shift), timeStep);
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
    Operands.sameType(call, "x", x, "shift", shift);
    checkShift(call, x.shape(), shift);
    Signals.timeStep(call);
    if (call.integer("derivative", 0) < 0) {
      throw Operands.wrong(
          call, "`derivative` is " + call.integer("derivative") + "; it must be 0 or more.");
    }
    return Outputs.of(shifted(call, x, shift, order(call)));
  }

  private static void checkShift(OperatorCall call, Shape x, Tensor shift) {
    Shape each = Shapes.with(x, x.rank() - 1, 1);
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
    for (int i = 0; i < shift.size(); i++) {
      if (!Double.isFinite(shift.at(i))) {
        throw Operands.wrong(call, "`shift` is " + shift.at(i) + " s; it must be finite.");
      }
    }
  }

  private static int order(OperatorCall call) {
    return call.integer("derivative", 0);
  }

  private Tensor shifted(OperatorCall call, Tensor x, Tensor shift, int order) {
    return shifted(x, shift, order, call.number("timeStep"), call.parallel());
  }

  /** The traces, or a derivative of them along the shift, delayed by a shift of either shape. */
  public Tensor shifted(Tensor x, Tensor shift, int order, double timeStep, Parallel parallel) {
    int length = x.shape().extent(-1);
    Fourier.Pair half = fourier.half(x, 1, 1, 1, false, parallel);
    Fourier.Pair factors = factors(length, shift, order, timeStep, x.dataType());
    double scale = 1.0 / length;
    Fourier.Pair turned = half.times(factors, false, parallel);
    return fourier.whole(turned, length, 1, scale, scale, true, parallel);
  }

  /** {@code (-i w)^order exp(-i w shift)} for the half spectra. */
  private static Fourier.Pair factors(
      int length, Tensor shift, int order, double timeStep, DataType type) {
    int bins = length / 2 + 1;
    double[] re = new double[Math.multiplyExact(shift.size(), bins)];
    double[] im = new double[re.length];
    for (int at = 0; at < re.length; at++) {
      int k = at % bins;
      double turn = 2 * Math.PI * k / length;
      double angle = turn * (shift.at(at / bins) / timeStep) + order * Math.PI / 2;
      double size = Math.pow(turn / timeStep, order);
      re[at] = size * Math.cos(angle);
      im[at] = 2 * k == length ? 0 : -size * Math.sin(angle);
    }
    Shape shape =
        shift.shape().rank() == 0
            ? Shape.of(bins)
            : Shapes.with(shift.shape(), shift.shape().rank() - 1, bins);
    return new Fourier.Pair(Tensor.adopt(shape, re).cast(type), Tensor.adopt(shape, im).cast(type));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor x = call.tensor("x");
    Tensor g = call.cotangent();
    Tensor shift = call.tensor("shift");
    int order = order(call);
    return Gradients.of(
        call.needsGrad("x")
            ? shifted(call, g, shift.unaryMinus(), order).times(order % 2 == 0 ? 1 : -1)
            : null,
        call.needsGrad("shift")
            ? Reduction.sumTo(
                times(g, shifted(call, x, shift, order + 1), call.parallel()),
                shift.shape(),
                call.parallel())
            : null);
  }

  private static Tensor times(Tensor a, Tensor b, Parallel parallel) {
    return Elementwise.zip(Arithmetic.MULTIPLY, a, b, parallel);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Parallel parallel = call.parallel();
    Tensor shift = call.tensor("shift");
    Tensor alongX = shifted(call, call.direction("x"), shift, order(call));
    Tensor slope = shifted(call, call.tensor("x"), shift, order(call) + 1);
    Tensor direction = Reduction.repeatTo(call.direction("shift"), slope.shape());
    return Outputs.of(
        Elementwise.zip(Arithmetic.ADD, alongX, times(slope, direction, parallel), parallel));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> g = call.cotangent("y", Tensor.class);
    Variable<Tensor> shift = call.input("shift");
    Number timeStep = call.value("timeStep", Number.class);
    int order = call.has("derivative") ? call.value("derivative", Number.class).intValue() : 0;
    Variable<Tensor> back =
        call(Arguments.of(g, shift.times(-1), timeStep).with("derivative", order));
    Arguments next = Arguments.of(call.input("x"), shift, timeStep).with("derivative", order + 1);
    return Arrays.asList(
        call.needsGrad("x") ? back.times(order % 2 == 0 ? 1 : -1) : null,
        call.needsGrad("shift") ? new SumTo().call(g.times(call(next)), call.like("shift")) : null);
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 60);
  }
}
