package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Fold;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of axes on a device whose adjoint is an expression of elements: of the {@code
 * cotangent}, the elements {@code x}, the result {@code y} and one more reduction of the same axes,
 * the {@code statistic}, all repeated along those axes; and of the {@code number} of the call and
 * the {@code size}, how many elements one result is made of.
 *
 * <p>Keeps x, and y where the adjoint speaks of it; the statistic is computed again. Stateless.
 */
abstract class ReducingOperator implements DeviceCode {

  private static final List<String> NUMBERS = List.of("number", "size");
  private static final String STATISTIC = "statistic";

  private final Signature signature;
  private final @Nullable String number;
  private final double fallback;
  private final List<Code> slopes;
  private final ComputeDevice device;
  private final Elements elements;
  private final Reduction sums;

  /**
   * Takes the name and the adjoints.
   *
   * @param number port of a number that may be left out; null if there is none
   * @param fallback its value then
   * @param slopes one adjoint, or as many as {@link #kind} tells apart
   */
  ReducingOperator(
      String name,
      ComputeDevice device,
      @Nullable String number,
      double fallback,
      String... slopes) {
    this.number = number;
    this.fallback = fallback;
    this.device = device;
    this.elements = new Elements(device, name);
    this.sums = new Reduction(device, name);
    this.slopes = List.of(slopes).stream().map(ReducingOperator::code).toList();
    this.signature = signature(name, number, this.slopes);
  }

  private static Code code(String slope) {
    List<String> operands = new ArrayList<>(List.of("cotangent", "x", "y", STATISTIC));
    operands.removeIf(operand -> !operand.equals("x") && !Code.mentions(slope, operand));
    return new Code(slope, operands, NUMBERS);
  }

  private static Signature signature(String name, @Nullable String number, List<Code> slopes) {
    Signature.Builder builder =
        Signature.named(name).input("x").input(AxesPorts.axes()).input(AxesPorts.keepdims());
    List<String> needed = new ArrayList<>(List.of("x", "axes", "keepdims"));
    if (number != null) {
      builder.input(Port.auxiliary(number, Number.class).optional());
      needed.add(number);
    }
    builder.output("y").adjointNeeds(needed.toArray(String[]::new));
    if (slopes.stream().anyMatch(slope -> slope.operands().contains("y"))) {
      builder.keepsOutputs("y");
    }
    return builder.build();
  }

  /** The results, of as many elements as {@link Axes#kept}; an error if there is none. */
  abstract Tensor reduced(OperatorCall call, Tensor x, Axes axes, double given, Scratch scratch);

  /** Which of the adjoints belongs to a number. */
  int kind(double given) {
    return 0;
  }

  /**
   * The statistic that adjoints speak of.
   *
   * @param y the result, of shape {@link Axes#kept}
   */
  Tensor statistic(Tensor x, Tensor y, Axes axes) {
    throw new IllegalStateException(signature.name() + " has no statistic");
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = AxesPorts.of(call, x.shape());
    try (Scratch scratch = new Scratch()) {
      return Outputs.of(reduced(call, x, axes, given(call), scratch).reshape(axes.to()));
    }
  }

  private double given(OperatorCall call) {
    return number == null ? fallback : call.number(number, fallback);
  }

  @Override
  public final ComputeDevice device() {
    return device;
  }

  @Override
  public final Gradients gradients(AdjointCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = AxesPorts.of(call, x.shape());
    Code slope = slopes.get(kind(given(call)));
    Tensor cotangent = Operands.on(device, call.cotangent()).reshape(axes.kept());
    Tensor y =
        slope.operands().contains("y")
            ? Operands.on(device, call.output("y")).reshape(axes.kept())
            : x;
    try (Scratch scratch = new Scratch()) {
      List<Tensor> operands = operands(slope, cotangent, x, y, axes, scratch);
      return Gradients.of(elements.compute(slope, x.shape(), operands, given(call), axes.length()));
    }
  }

  private List<Tensor> operands(
      Code slope, Tensor v, Tensor x, Tensor y, Axes axes, Scratch scratch) {
    List<Tensor> operands = new ArrayList<>();
    for (String name : slope.operands()) {
      operands.add(
          switch (name) {
            case "cotangent" -> v;
            case "x" -> x;
            case "y" -> y;
            default -> scratch.keep(statistic(x, y, axes).reshape(axes.kept()));
          });
    }
    return operands;
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor x = Operands.on(device, call.tensor("x"));
    Axes axes = AxesPorts.of(call, x.shape());
    Code slope = slopes.get(kind(given(call)));
    try (Scratch scratch = new Scratch()) {
      Tensor y = scratch.keep(reduced(call, x, axes, given(call), scratch)).reshape(axes.kept());
      Tensor direction = Operands.on(device, call.direction("x"));
      List<Tensor> operands = operands(slope, direction, x, y, axes, scratch);
      return Outputs.of(sums.compute(slope, axes, 1, operands, given(call), axes.length()));
    }
  }

  /** Computes an expression at every position of operands. */
  final Elements elements() {
    return elements;
  }

  /** Another reduction on behalf of this operator. */
  final Reduction reduction(ComputeDevice on, Fold fold) {
    return new Reduction(on, signature.name(), fold);
  }
}
