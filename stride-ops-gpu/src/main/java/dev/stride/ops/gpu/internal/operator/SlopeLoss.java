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
import java.util.List;

/**
 * Regularisers of the slopes {@code d} of a field, by forward differences with mirrored edges, on a
 * device; of ports and meaning as {@code stride.tikhonov} and {@code stride.total-variation} of the
 * standard pack. The adjoint is the transpose of the differences of {@code w d}, or of {@code w d /
 * m} with the size {@code m} of the slopes. Saves nothing; the adjoint sees the arguments.
 * Stateless.
 */
final class SlopeLoss implements DeviceCode {

  private static final String WEIGHTS = "weights";
  private static final String REFERENCE = "reference";
  private static final Code APART = Code.of("x - reference", "x", REFERENCE);
  private static final Code SQUARE = Code.of("d * d", "d");
  private static final Code SIZE =
      new Code("sqrt(squares + epsilon * epsilon)", List.of("squares"), List.of("epsilon"));
  private static final Code ITSELF = Code.of("x", "x");

  private final Signature signature;
  private final boolean total;
  private final ComputeDevice device;
  private final Elements elements;
  private final Reduction sums;

  private SlopeLoss(Signature signature, boolean total, ComputeDevice device) {
    this.signature = signature;
    this.total = total;
    this.device = device;
    this.elements = new Elements(device, signature.name());
    this.sums = new Reduction(device, signature.name());
  }

  static SlopeLoss tikhonov(ComputeDevice device) {
    return new SlopeLoss(
        Signature.named("stride.tikhonov")
            .input("x")
            .input(Port.auxiliary("spacing", Number.class).variadic())
            .input(Port.auxiliary(WEIGHTS, Tensor.class).optional())
            .input(Port.auxiliary(REFERENCE, Tensor.class).optional())
            .output("loss")
            .build(),
        false,
        device);
  }

  static SlopeLoss totalVariation(ComputeDevice device) {
    return new SlopeLoss(
        Signature.named("stride.total-variation")
            .input("x")
            .auxiliary("epsilon", Number.class)
            .input(Port.auxiliary("spacing", Number.class).variadic())
            .input(Port.auxiliary(WEIGHTS, Tensor.class).optional())
            .output("loss")
            .build(),
        true,
        device);
  }

  static List<Sample> tikhonovSamples() {
    Shape plane = Shape.of(4, 3);
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 5), 23), 2.0),
        Sample.of(Domain.ALL.of(plane, 23), List.of(1.0, 0.5))
            .with(WEIGHTS, Domain.POSITIVE.of(plane, 26))
            .with(REFERENCE, Domain.POSITIVE.of(plane, 27))
            .described("weighted, to a reference"));
  }

  static List<Sample> totalVariationSamples() {
    Shape plane = Shape.of(4, 3);
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 5), 23), 0.5, 2.0),
        Sample.of(Domain.ALL.of(plane, 23), 0.3, List.of(1.0, 0.5))
            .with(WEIGHTS, Domain.POSITIVE.of(plane, 26))
            .described("weighted"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  private GridDifferences differences(OperatorCall call) {
    Tensor x = call.tensor("x");
    GridPorts.requireAxes(call, x.shape());
    if (total && (!(call.number("epsilon") > 0) || Double.isInfinite(call.number("epsilon")))) {
      throw Operands.wrong(
          call, "`epsilon` is " + call.number("epsilon") + "; it must be positive and finite.");
    }
    for (String port : List.of(WEIGHTS, REFERENCE)) {
      if (call.has(port)) {
        Operands.sameType(call, List.of("x", port), List.of(x, call.tensor(port)));
        Operands.sameShape(call, "x", x, port, call.tensor(port));
      }
    }
    double[] spacing = GridPorts.spacing(call, x.shape());
    return GridDifferences.first(device, signature.name(), x.shape(), spacing, 1, Edge.MIRROR);
  }

  private Tensor slopes(GridDifferences differences, OperatorCall call, Scratch scratch) {
    Tensor x = Operands.on(device, call.tensor("x"));
    if (call.has(REFERENCE)) {
      Tensor reference = Operands.on(device, call.tensor(REFERENCE));
      x = scratch.keep(elements.compute(APART, x.shape(), List.of(x, reference)));
    }
    return scratch.keep(differences.stacked(x));
  }

  /** {@code m = sqrt(sum_a d_a^2 + epsilon^2)}. */
  private Tensor size(Tensor slopes, OperatorCall call, Scratch scratch) {
    boolean[] removed = new boolean[slopes.shape().rank()];
    removed[0] = true;
    Axes axes = Axes.of(slopes.shape(), removed, false);
    Tensor squares = scratch.keep(sums.compute(SQUARE, axes, 1, List.of(slopes)));
    return scratch.keep(
        elements.compute(SIZE, axes.to(), List.of(squares), call.number("epsilon")));
  }

  /** The slope of the loss along d, times what more is said. */
  private Code flow(OperatorCall call, String text, String... more) {
    List<String> operands = new ArrayList<>(List.of("d"));
    if (total) {
      operands.add("m");
    }
    if (call.has(WEIGHTS)) {
      operands.add(WEIGHTS);
    }
    operands.addAll(List.of(more));
    return new Code(
        text + (call.has(WEIGHTS) ? " * " + WEIGHTS : "") + (total ? " / m" : ""),
        operands,
        List.of());
  }

  private List<Tensor> operands(Tensor slopes, OperatorCall call, Scratch scratch, Tensor... more) {
    List<Tensor> operands = new ArrayList<>(List.of(slopes));
    if (total) {
      operands.add(size(slopes, call, scratch));
    }
    if (call.has(WEIGHTS)) {
      operands.add(Operands.on(device, call.tensor(WEIGHTS)));
    }
    operands.addAll(List.of(more));
    return operands;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    GridDifferences differences = differences(call);
    try (Scratch scratch = new Scratch()) {
      Tensor slopes = slopes(differences, call, scratch);
      return Outputs.of(total ? variation(slopes, call, scratch) : squares(slopes, call, scratch));
    }
  }

  private Tensor squares(Tensor slopes, OperatorCall call, Scratch scratch) {
    Axes all = Axes.all(slopes.shape());
    return sums.compute(flow(call, "d * d"), all, 2, operands(slopes, call, scratch));
  }

  private Tensor variation(Tensor slopes, OperatorCall call, Scratch scratch) {
    Tensor size = size(slopes, call, scratch);
    Axes all = Axes.all(size.shape());
    return call.has(WEIGHTS)
        ? sums.compute(
            Code.of("x * w", "x", "w"),
            all,
            1,
            List.of(size, Operands.on(device, call.tensor(WEIGHTS))))
        : sums.compute(ITSELF, all, 1, List.of(size));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    GridDifferences differences = differences(call);
    Tensor cotangent = Operands.on(device, call.cotangent());
    try (Scratch scratch = new Scratch()) {
      Tensor slopes = slopes(differences, call, scratch);
      List<Tensor> operands = operands(slopes, call, scratch, cotangent);
      Code flow = flow(call, "cotangent * d", "cotangent");
      Tensor scaled = scratch.keep(elements.compute(flow, slopes.shape(), operands));
      return Gradients.of(differences.transposed(1).summed(scaled));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    GridDifferences differences = differences(call);
    try (Scratch scratch = new Scratch()) {
      Tensor slopes = slopes(differences, call, scratch);
      Tensor change = scratch.keep(differences.stacked(Operands.on(device, call.direction("x"))));
      List<Tensor> operands = operands(slopes, call, scratch, change);
      return Outputs.of(
          sums.compute(flow(call, "change * d", "change"), Axes.all(slopes.shape()), 1, operands));
    }
  }
}
