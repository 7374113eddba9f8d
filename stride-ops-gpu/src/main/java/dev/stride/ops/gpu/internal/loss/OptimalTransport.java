package dev.stride.ops.gpu.internal.loss;

import static dev.stride.ops.gpu.internal.loss.TraceChecks.MODELLED;
import static dev.stride.ops.gpu.internal.loss.TraceChecks.OBSERVED;
import static dev.stride.ops.gpu.internal.loss.TraceChecks.WEIGHTS;

import dev.stride.api.AdjointCall;
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
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Half the squared Wasserstein-2 distance between each pair of traces, made positive and of mass 1,
 * on a device that computes in float64; of ports and meaning as {@code stride.optimal-transport} of
 * the standard pack. A call waits for the largest amplitude, which `scale` must go with. Saves
 * nothing; the adjoint sees the arguments. Stateless.
 */
final class OptimalTransport implements DeviceCode {

  /** Largest amplitude over scale: of masses that far apart the smaller is still seen in a sum. */
  private static final double STEEPEST = 30;

  private static final Signature SIGNATURE =
      Signature.named("stride.optimal-transport")
          .input(MODELLED)
          .input(OBSERVED)
          .auxiliary("timeStep", Number.class)
          .auxiliary("scale", Number.class)
          .input(Port.auxiliary(WEIGHTS, Tensor.class).optional())
          .output("loss")
          .build();

  private static final Code SIZE = Code.of("fabs(x)", "x");
  private static final Code ITSELF = Code.of("x", "x");
  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code SUM = Code.of("a + b", "a", "b");

  private final ComputeDevice device;
  private final Transports transports;
  private final Reduction largest;
  private final Reduction sums;
  private final Elements elements;
  private final Precision precision;

  OptimalTransport(ComputeDevice device) {
    String name = SIGNATURE.name();
    this.device = device;
    this.transports = new Transports(device, name);
    this.largest = new Reduction(device, name, Fold.LARGEST);
    this.sums = new Reduction(device, name);
    this.elements = new Elements(device, name);
    this.precision = new Precision(device, name);
  }

  static List<Sample> samples() {
    return List.of(
        of(Shape.of(2, 3, 7), 1, 1.5),
        of(Shape.of(2, 5), 0.5, 0.8)
            .with(WEIGHTS, Domain.POSITIVE.of(Shape.of(2), 26))
            .described("weighted"));
  }

  private static Sample of(Shape shape, double timeStep, double scale) {
    return Sample.of(Domain.ALL.of(shape, 23), Domain.POSITIVE.of(shape, 25), timeStep, scale);
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor modelled = Operands.on(device, call.tensor(MODELLED));
    Tensor observed = Operands.on(device, call.tensor(OBSERVED));
    TraceChecks.alike(call, modelled, observed);
    if (call.has(WEIGHTS)) {
      TraceChecks.weights(call, modelled, WEIGHTS);
    }
    double timeStep = TraceChecks.positive(call, "timeStep", "s");
    double scale = TraceChecks.positive(call, "scale", "Pa");
    if (!(largest(modelled) <= STEEPEST * scale) || !(largest(observed) <= STEEPEST * scale)) {
      checkSteepness(call, modelled.toHeap(), observed.toHeap(), scale);
    }
    try (Scratch scratch = new Scratch()) {
      Transports.Masses p = transports.masses(modelled, scale, scratch);
      Transports.Masses q = transports.masses(observed, scale, scratch);
      double half = timeStep * timeStep / 2;
      Tensor losses = scratch.keep(transports.costs(p, q, weights(call, scratch), half));
      Tensor loss = sums.compute(ITSELF, Axes.all(losses.shape()), 1, List.of(losses));
      return Outputs.of(precision.narrow(loss, modelled.dataType()));
    }
  }

  private double largest(Tensor x) {
    try (Scratch scratch = new Scratch()) {
      return x.size() == 0
          ? 0
          : scratch.keep(largest.compute(SIZE, Axes.all(x.shape()), 1, List.of(x))).item();
    }
  }

  private static void checkSteepness(
      OperatorCall call, Tensor modelled, Tensor observed, double scale) {
    int length = modelled.shape().extent(-1);
    for (int trace = 0; trace < modelled.size() / length; trace++) {
      checkSteepness(call, MODELLED, modelled, trace, scale);
      checkSteepness(call, OBSERVED, observed, trace, scale);
    }
  }

  private static void checkSteepness(
      OperatorCall call, String port, Tensor x, int trace, double scale) {
    int length = x.shape().extent(-1);
    for (int i = trace * length; i < (trace + 1) * length; i++) {
      if (Math.abs(x.at(i) / scale) > STEEPEST) {
        throw Operands.wrong(
            call,
            "trace "
                + trace
                + " of `"
                + port
                + "` reaches "
                + x.at(i)
                + " Pa and `scale` is "
                + scale
                + " Pa; it must be at least 1/"
                + (int) STEEPEST
                + " of the largest amplitude. Give about the amplitude itself, or scale the"
                + " traces.");
      }
    }
  }

  /** One number, or one a trace. */
  private Tensor weights(OperatorCall call, Scratch scratch) {
    return call.has(WEIGHTS)
        ? Operands.on(device, call.tensor(WEIGHTS))
        : scratch.keep(device.filled(Shape.SCALAR, call.tensor(MODELLED).dataType(), 1));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor g = Operands.on(device, call.cotangent());
    return Gradients.of(
        call.needsGrad(MODELLED) ? gradient(call, MODELLED, OBSERVED, g) : null,
        call.needsGrad(OBSERVED) ? gradient(call, OBSERVED, MODELLED, g) : null);
  }

  private Tensor gradient(OperatorCall call, String port, String other, Tensor g) {
    double timeStep = call.number("timeStep");
    double scale = call.number("scale");
    try (Scratch scratch = new Scratch()) {
      Tensor traces = Operands.on(device, call.tensor(port));
      Transports.Masses p = transports.masses(traces, scale, scratch);
      Transports.Masses q =
          transports.masses(Operands.on(device, call.tensor(other)), scale, scratch);
      return transports.slopes(
          p, q, traces.shape(), weights(call, scratch), g, timeStep * timeStep / 2, scratch);
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor one = device.filled(Shape.SCALAR, call.tensor(MODELLED).dataType(), 1);
    try (Scratch scratch = new Scratch()) {
      scratch.keep(one);
      Tensor first = along(call, MODELLED, OBSERVED, one, scratch);
      Tensor second = along(call, OBSERVED, MODELLED, one, scratch);
      return Outputs.of(elements.compute(SUM, Shape.SCALAR, List.of(first, second)));
    }
  }

  private Tensor along(TangentCall call, String port, String other, Tensor one, Scratch scratch) {
    Tensor slopes = scratch.keep(gradient(call, port, other, one));
    Tensor direction = Operands.on(device, call.direction(port));
    return scratch.keep(
        sums.compute(PRODUCT, Axes.all(slopes.shape()), 1, List.of(slopes, direction)));
  }
}
