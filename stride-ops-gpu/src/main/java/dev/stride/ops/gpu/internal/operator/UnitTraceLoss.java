package dev.stride.ops.gpu.internal.operator;

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
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Losses on a device of traces that are each divided by their norm, {@code u = m / |m|} and {@code
 * v = o / |o|}; of ports and meaning as {@code stride.normalised-l2} and {@code
 * stride.correlation-distance} of the standard pack.
 *
 * <p>With the slope {@code r} of the loss along u, the adjoint for {@code m} is {@code g (r - u
 * sum(u r)) / |m|}, sums being over a trace, and so for {@code o}, as both losses are symmetric.
 * One less the correlation is computed as half the squared distance, which does not cancel. Where
 * epsilon is 0 a call waits for the largest size of each trace, since one of zeros is an error.
 * Saves nothing; the adjoint sees the arguments. Stateless.
 */
final class UnitTraceLoss implements DeviceCode {

  private static final String MODELLED = "modelled";
  private static final String OBSERVED = "observed";
  private static final String WEIGHTS = "weights";
  private static final List<String> PAIR = List.of("a", "sizeA", "b", "sizeB");

  private static final String DIFFERENCE = "(a / sizeA - b / sizeB)";
  private static final String RESIDUAL = "w * " + DIFFERENCE;
  private static final String CORRELATED = "-w * (b / sizeB)";
  private static final Code HALVES =
      new Code(
          "w * (squares + (epsilon / sizeA) * (epsilon / sizeA)"
              + " + (epsilon / sizeB) * (epsilon / sizeB))",
          List.of("squares", "sizeA", "sizeB", "w"),
          List.of("epsilon"));
  private static final Code SUM = Code.of("a + b", "a", "b");

  private final Signature signature;
  private final boolean correlates;
  private final ComputeDevice device;
  private final TraceNorms norms;
  private final Elements elements;
  private final Reduction sums;

  private UnitTraceLoss(String name, boolean correlates, ComputeDevice device) {
    this.signature =
        Signature.named(name)
            .input(MODELLED)
            .input(OBSERVED)
            .input(Port.auxiliary("epsilon", Number.class).optional())
            .input(Port.auxiliary(WEIGHTS, Tensor.class).optional())
            .output("loss")
            .build();
    this.correlates = correlates;
    this.device = device;
    this.norms = new TraceNorms(device, name);
    this.elements = new Elements(device, name);
    this.sums = new Reduction(device, name);
  }

  static UnitTraceLoss normalised(ComputeDevice device) {
    return new UnitTraceLoss("stride.normalised-l2", false, device);
  }

  static UnitTraceLoss correlation(ComputeDevice device) {
    return new UnitTraceLoss("stride.correlation-distance", true, device);
  }

  static List<Sample> normalisedSamples() {
    return samples(Shape.of(2, 3, 7));
  }

  static List<Sample> correlationSamples() {
    return samples(Shape.of(2, 3));
  }

  private static List<Sample> samples(Shape weights) {
    Tensor modelled = Domain.ALL.of(Shape.of(2, 3, 7), 23);
    Tensor observed = Domain.POSITIVE.of(modelled.shape(), 25);
    return List.of(
        Sample.of(modelled, observed),
        Sample.of(modelled, observed, 0.5)
            .with(WEIGHTS, Domain.POSITIVE.of(weights, 26))
            .described("weighted"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  /** The traces of a call and what goes with them. Not safe for concurrent use. */
  private final class Traces implements AutoCloseable {

    private final Scratch scratch = new Scratch();
    private final double epsilon;
    private final Axes axes;
    private final Tensor modelled;
    private final Tensor observed;
    private final Tensor sizeM;
    private final Tensor sizeO;
    private final Tensor weights;

    Traces(OperatorCall call) {
      this.epsilon = call.number("epsilon", 0);
      this.modelled = Operands.on(device, call.tensor(MODELLED));
      this.observed = Operands.on(device, call.tensor(OBSERVED));
      this.axes = TraceNorms.axes(modelled.shape());
      this.sizeM = scratch.keep(size(call, MODELLED, modelled));
      this.sizeO = scratch.keep(size(call, OBSERVED, observed));
      this.weights = weights(call);
    }

    private Tensor size(OperatorCall call, String port, Tensor traces) {
      String refusal =
          (correlates ? "correlates with nothing" : "has no direction")
              + ". Give `epsilon` a small number, or"
              + " leave the trace out.";
      return norms.of(call, port, traces, epsilon, refusal);
    }

    private Tensor weights(OperatorCall call) {
      if (!call.has(WEIGHTS)) {
        return scratch.keep(device.filled(Shape.SCALAR, modelled.dataType(), 1));
      }
      Tensor given = Operands.on(device, call.tensor(WEIGHTS));
      return correlates ? given.reshape(axes.kept()) : given;
    }

    Tensor loss() {
      List<Tensor> pair = List.of(modelled, sizeM, observed, sizeO);
      if (!correlates) {
        List<Tensor> operands = with(pair, weights);
        return sums.compute(
            code(RESIDUAL + " * " + DIFFERENCE, "w"), Axes.all(modelled.shape()), 2, operands);
      }
      Tensor squares =
          scratch.keep(sums.compute(code(DIFFERENCE + " * " + DIFFERENCE), axes, 1, pair));
      return sums.compute(
          HALVES, Axes.all(axes.kept()), 2, List.of(squares, sizeM, sizeO, weights), epsilon);
    }

    /** The gradient along one of both, times a tensor that it is broadcast with. */
    Tensor gradient(boolean ofModelled, Tensor factor) {
      List<Tensor> operands = pair(ofModelled);
      Tensor along = along(operands);
      Code gradient =
          code("factor * (" + slope() + " - a / sizeA * along) / sizeA", "w", "along", "factor");
      return elements.compute(gradient, modelled.shape(), with(operands, along, factor));
    }

    /** How the loss changes along a direction of one of both. */
    Tensor change(boolean ofModelled, Tensor direction) {
      List<Tensor> operands = pair(ofModelled);
      Tensor along = along(operands);
      Code change =
          code("factor * (" + slope() + " - a / sizeA * along) / sizeA", "w", "along", "factor");
      return scratch.keep(
          sums.compute(change, Axes.all(modelled.shape()), 1, with(operands, along, direction)));
    }

    private List<Tensor> pair(boolean ofModelled) {
      return ofModelled
          ? List.of(modelled, sizeM, observed, sizeO, weights)
          : List.of(observed, sizeO, modelled, sizeM, weights);
    }

    private Tensor along(List<Tensor> operands) {
      return scratch.keep(
          sums.compute(code("a / sizeA * (" + slope() + ")", "w"), axes, 1, operands));
    }

    @Override
    public void close() {
      scratch.close();
    }
  }

  private String slope() {
    return correlates ? CORRELATED : RESIDUAL;
  }

  private static Code code(String text, String... more) {
    List<String> operands = new ArrayList<>(PAIR);
    operands.addAll(List.of(more));
    return new Code(text, operands, List.of());
  }

  private static List<Tensor> with(List<Tensor> tensors, Tensor... more) {
    List<Tensor> all = new ArrayList<>(tensors);
    all.addAll(List.of(more));
    return all;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    check(call);
    try (Traces traces = new Traces(call)) {
      return Outputs.of(traces.loss());
    }
  }

  private void check(OperatorCall call) {
    Tensor modelled = call.tensor(MODELLED);
    if (!correlates && modelled.shape().rank() == 0) {
      throw Operands.wrong(
          call, "`modelled` is a scalar and has no traces. Give it a last axis of time.");
    }
    alike(call, modelled, OBSERVED);
    if (correlates) {
      requireTime(call, modelled.shape());
    }
    if (call.has(WEIGHTS) && correlates) {
      requireWeights(call, modelled);
    } else if (call.has(WEIGHTS)) {
      alike(call, modelled, WEIGHTS);
    }
    double epsilon = call.number("epsilon", 0);
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw Operands.wrong(
          call, "`epsilon` is " + epsilon + " Pa; it must be finite and not negative.");
    }
  }

  private static void alike(OperatorCall call, Tensor modelled, String port) {
    Tensor other = call.tensor(port);
    Operands.sameType(call, List.of(MODELLED, port), List.of(modelled, other));
    Operands.sameShape(call, MODELLED, modelled, port, other);
  }

  private static void requireTime(OperatorCall call, Shape shape) {
    if (shape.rank() == 0 || shape.extent(-1) == 0) {
      throw Operands.wrong(
          call,
          "`modelled` has shape "
              + shape
              + "; its last axis must be time, with one sample or more.");
    }
  }

  private static void requireWeights(OperatorCall call, Tensor modelled) {
    Tensor weights = call.tensor(WEIGHTS);
    Operands.sameType(call, List.of(MODELLED, WEIGHTS), List.of(modelled, weights));
    Shape shape = modelled.shape();
    Shape places = Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 1));
    if (!weights.shape().equals(places)) {
      throw Operands.wrong(
          call,
          Operands.shapes(WEIGHTS, weights, MODELLED, modelled)
              + "; there is one weight a trace, in shape "
              + places
              + ".");
    }
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor cotangent = Operands.on(device, call.cotangent());
    try (Traces traces = new Traces(call)) {
      return Gradients.of(
          call.needsGrad(MODELLED) ? traces.gradient(true, cotangent) : null,
          call.needsGrad(OBSERVED) ? traces.gradient(false, cotangent) : null);
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    try (Traces traces = new Traces(call)) {
      Tensor first = traces.change(true, Operands.on(device, call.direction(MODELLED)));
      Tensor second = traces.change(false, Operands.on(device, call.direction(OBSERVED)));
      return Outputs.of(elements.compute(SUM, Shape.SCALAR, List.of(first, second)));
    }
  }
}
