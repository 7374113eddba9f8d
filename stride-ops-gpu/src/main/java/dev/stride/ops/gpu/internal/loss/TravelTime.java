package dev.stride.ops.gpu.internal.loss;

import static dev.stride.ops.gpu.internal.loss.TraceChecks.MODELLED;
import static dev.stride.ops.gpu.internal.loss.TraceChecks.OBSERVED;
import static dev.stride.ops.gpu.internal.loss.TraceChecks.WEIGHTS;

import dev.stride.api.AdjointCall;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Half the squares of the times by which traces arrive later than observed, on a device that
 * computes in float64; of ports and meaning as {@code stride.travel-time} of the standard pack,
 * with the exact adjoint of the theorem of implicit functions. A call waits for whether every
 * correlation has a peak. Computes in float64 in both types; saves a lag and a curvature a trace.
 * Stateless but for a bounded cache of tables.
 */
final class TravelTime implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.travel-time")
          .input(MODELLED)
          .input(OBSERVED)
          .input(Port.auxiliary("timeStep", Number.class))
          .input(Port.auxiliary(WEIGHTS, Tensor.class).optional())
          .output("loss")
          .output("lags")
          .keepsOutputs("lags")
          .build();

  private static final Code SQUARES = Code.of("w * lag * lag", "lag", "w");
  private static final Code EACH = Code.of("g * w * lag + h", "lag", "w", "g", "h");
  private static final Code WEIGHTED = Code.of("w * lag * change", "lag", "w", "change");
  private static final Code TOWARDS_MODELLED =
      Code.of("-slope * (each / curvature)", "slope", "each", "curvature");
  private static final Code TOWARDS_OBSERVED =
      Code.of("slope * (each / curvature)", "slope", "each", "curvature");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code SUM = Code.of("a + b", "a", "b");

  private final ComputeDevice device;
  private final Correlations correlations;
  private final DelayedSlopes slopes;
  private final Elements elements;
  private final Reduction sums;
  private final Precision precision;

  TravelTime(ComputeDevice device, Tables tables) {
    String name = SIGNATURE.name();
    this.device = device;
    this.correlations = new Correlations(device, tables, name);
    this.slopes = new DelayedSlopes(device, tables, name);
    this.elements = new Elements(device, name);
    this.sums = new Reduction(device, name);
    this.precision = new Precision(device, name);
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 16), 0.5),
        of(Shape.of(2, 15), 1)
            .with(WEIGHTS, Domain.POSITIVE.of(Shape.of(2), 26))
            .described("odd, weighted"));
  }

  private static Sample of(Shape shape, double timeStep) {
    return Sample.of(pulses(shape, 0.4), pulses(shape, 0.52), timeStep);
  }

  /** Pulses at a part of their traces, disturbed a little. */
  private static Tensor pulses(Shape shape, double place) {
    double[] values = Domain.ALL.of(shape, 23).times(0.05).toDoubleArray();
    int length = shape.extent(-1);
    for (int i = 0; i < values.length; i++) {
      double distance = (i % length - place * length) / Math.max(1, length / 8.0);
      values[i] += (1 - distance * distance) * Math.exp(-0.5 * distance * distance);
    }
    return Tensor.adopt(shape, values);
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  /** A lag and a curvature a trace, [..., 1], in float64. */
  private record Lags(Tensor lags, Tensor curvatures) implements Saved {
    @Override
    public long bytes() {
      return 2L * DataType.FLOAT64.bytes() * lags.size();
    }
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor modelled = call.tensor(MODELLED);
    Lags lags = found(call);
    try (Scratch scratch = new Scratch()) {
      List<Tensor> operands = List.of(lags.lags(), weights(call, scratch));
      Tensor loss = sums.compute(SQUARES, Axes.all(lags.lags().shape()), 2, operands);
      Shape places = TraceChecks.places(modelled.shape());
      return Outputs.of(
              precision.narrow(loss, modelled.dataType()),
              precision.narrow(device.copy(lags.lags()), modelled.dataType()).reshape(places))
          .saving(lags);
    }
  }

  private Lags found(OperatorCall call) {
    Tensor modelled = Operands.on(device, call.tensor(MODELLED));
    Tensor observed = Operands.on(device, call.tensor(OBSERVED));
    TraceChecks.alike(call, modelled, observed);
    if (call.has(WEIGHTS)) {
      TraceChecks.weights(call, modelled, WEIGHTS);
    }
    double timeStep = TraceChecks.positive(call, "timeStep", "s");
    try (Scratch scratch = new Scratch()) {
      Correlations.Peaks peaks =
          correlations.peaks(
              precision.wide(modelled, scratch), precision.wide(observed, scratch), timeStep);
      requirePeaks(call, modelled.shape(), scratch.keep(peaks.flat()));
      return new Lags(peaks.lags(), peaks.curvatures());
    }
  }

  private static void requirePeaks(OperatorCall call, Shape shape, Tensor flat) {
    double[] marks = flat.toDoubleArray();
    for (int trace = 0; trace < marks.length; trace++) {
      if (marks[trace] != 0) {
        throw Operands.wrong(
            call,
            "trace "
                + trace
                + " of `modelled` and of `observed`, which have shape "
                + shape
                + ", correlate at no lag more than at those around it. Leave traces out that are"
                + " constant or zero, or that have no frequency in common.");
      }
    }
  }

  /** One number, or one for each trace, in float64, of the shape of the lags. */
  private Tensor weights(OperatorCall call, Scratch scratch) {
    if (!call.has(WEIGHTS)) {
      return scratch.keep(device.filled(Shape.SCALAR, DataType.FLOAT64, 1));
    }
    Shape each = Correlations.with(call.tensor(MODELLED).shape(), 1);
    return precision.wide(Operands.on(device, call.tensor(WEIGHTS)), scratch).reshape(each);
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Lags lags = call.saved(Lags.class);
    try (Scratch scratch = new Scratch()) {
      Tensor g = precision.wide(Operands.on(device, call.cotangent("loss")), scratch);
      Tensor h = precision.wide(Operands.on(device, call.cotangent("lags")), scratch);
      Shape shape = lags.lags().shape();
      List<Tensor> operands = List.of(lags.lags(), weights(call, scratch), g, h.reshape(shape));
      Tensor each = scratch.keep(elements.compute(EACH, shape, operands));
      DataType type = call.tensor(MODELLED).dataType();
      return Gradients.of(
          call.needsGrad(MODELLED)
              ? precision.narrow(gradient(call, lags, each, MODELLED), type)
              : null,
          call.needsGrad(OBSERVED)
              ? precision.narrow(gradient(call, lags, each, OBSERVED), type)
              : null);
    }
  }

  /** The transpose of the derivative of the lags along one port, in float64. */
  private Tensor gradient(OperatorCall call, Lags lags, Tensor each, String port) {
    boolean modelled = port.equals(MODELLED);
    try (Scratch scratch = new Scratch()) {
      Tensor other = Operands.on(device, call.tensor(modelled ? OBSERVED : MODELLED));
      Tensor slope =
          scratch.keep(
              slopes.of(
                  precision.wide(other, scratch),
                  lags.lags(),
                  modelled ? 1 : -1,
                  call.number("timeStep")));
      return elements.compute(
          modelled ? TOWARDS_MODELLED : TOWARDS_OBSERVED,
          slope.shape(),
          List.of(slope, each, lags.curvatures()));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Lags lags = found(call);
    try (Scratch scratch = new Scratch()) {
      scratch.keep(lags.lags());
      scratch.keep(lags.curvatures());
      Shape each = lags.lags().shape();
      Tensor first = along(call, lags, MODELLED, scratch);
      Tensor second = along(call, lags, OBSERVED, scratch);
      Tensor change = scratch.keep(elements.compute(SUM, each, List.of(first, second)));
      List<Tensor> operands = List.of(lags.lags(), weights(call, scratch), change);
      Tensor loss = sums.compute(WEIGHTED, Axes.all(each), 1, operands);
      DataType type = call.tensor(MODELLED).dataType();
      Shape places = TraceChecks.places(call.tensor(MODELLED).shape());
      return Outputs.of(
          precision.narrow(loss, type),
          precision.narrow(device.copy(change), type).reshape(places));
    }
  }

  /** The change of the lags along the direction of a port. */
  private Tensor along(TangentCall call, Lags lags, String port, Scratch scratch) {
    Tensor one = scratch.keep(device.filled(Shape.SCALAR, DataType.FLOAT64, 1));
    Tensor gradient = scratch.keep(gradient(call, lags, one, port));
    Tensor direction = precision.wide(Operands.on(device, call.direction(port)), scratch);
    Axes axes = Axes.repeated(lags.lags().shape(), gradient.shape());
    return scratch.keep(sums.compute(PRODUCT, axes, 1, List.of(gradient, direction)));
  }
}
