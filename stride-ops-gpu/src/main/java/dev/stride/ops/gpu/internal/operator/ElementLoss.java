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
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss on a device that is a sum over elements of a {@link LossFormula}, weighted where there are
 * weights.
 *
 * <p>For a cotangent {@code g} and weights {@code w} the adjoint is {@code g w} times the slope for
 * {@code x} or {@code modelled}, and minus that for {@code observed}. Saves nothing; the adjoint
 * sees the arguments. Stateless.
 */
final class ElementLoss implements DeviceCode {

  private static final String WEIGHTS = "weights";

  private final LossFormula formula;
  private final Signature signature;
  private final ComputeDevice device;
  private final Reduction sums;
  private final Elements elements;

  ElementLoss(LossFormula formula, ComputeDevice device) {
    this.formula = formula;
    this.device = device;
    this.sums = new Reduction(device, formula.name());
    this.elements = new Elements(device, formula.name() + " (adjoint)");
    Signature.Builder builder = Signature.named(formula.name());
    formula.inputs().forEach(builder::input);
    for (LossFormula.Coefficient number : formula.numbers()) {
      Port port = Port.auxiliary(number.name(), Number.class);
      builder.input(number.fallback() == null ? port : port.optional());
    }
    this.signature =
        builder.input(Port.auxiliary(WEIGHTS, Tensor.class).optional()).output("loss").build();
  }

  @Override
  public Signature signature() {
    return signature;
  }

  private List<String> ports(OperatorCall call) {
    List<String> ports = new ArrayList<>(formula.inputs());
    if (call.has(WEIGHTS)) {
      ports.add(WEIGHTS);
    }
    return ports;
  }

  /** An expression, weighted where there are weights. */
  private Code code(OperatorCall call, String text, String... more) {
    List<String> operands = ports(call);
    operands.addAll(List.of(more));
    List<String> numbers = formula.numbers().stream().map(LossFormula.Coefficient::name).toList();
    return new Code(call.has(WEIGHTS) ? "weights * (" + text + ")" : text, operands, numbers);
  }

  private double[] numbers(OperatorCall call) {
    return formula.numbers().stream()
        .mapToDouble(number -> {
          Double fallback = number.fallback();
          return fallback == null
              ? call.number(number.name())
              : call.number(number.name(), fallback);
        })
        .toArray();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<String> ports = ports(call);
    List<Tensor> operands = Operands.on(device, call, ports);
    for (int i = 1; i < ports.size(); i++) {
      Operands.sameType(call, List.of(ports.getFirst(), ports.get(i)), pair(operands, i));
      Operands.sameShape(
          call, ports.getFirst(), operands.getFirst(), ports.get(i), operands.get(i));
    }
    formula.check(call, operands.getFirst(), elements, sums);
    Code terms = code(call, formula.terms());
    return Outputs.of(sums.compute(terms, all(call), formula.divisor(), operands, numbers(call)));
  }

  private static List<Tensor> pair(List<Tensor> operands, int i) {
    return List.of(operands.getFirst(), operands.get(i));
  }

  private Axes all(OperatorCall call) {
    return Axes.all(call.tensor(formula.inputs().getFirst()).shape());
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    List<@Nullable Object> gradients = new ArrayList<>();
    String sign = "";
    for (String input : formula.inputs()) {
      gradients.add(call.needsGrad(input) ? gradient(call, sign) : null);
      sign = "-";
    }
    return Gradients.of(gradients.toArray());
  }

  private Tensor gradient(AdjointCall call, String sign) {
    List<Tensor> operands = new ArrayList<>(Operands.on(device, call, ports(call)));
    operands.add(Operands.on(device, call.cotangent()));
    Code slope = code(call, sign + "cotangent * (" + formula.slope() + ")", "cotangent");
    return elements.compute(slope, operands.getFirst().shape(), operands, numbers(call));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> operands = new ArrayList<>(Operands.on(device, call, ports(call)));
    List<String> directions = new ArrayList<>();
    for (String input : formula.inputs()) {
      directions.add("along_" + input);
      operands.add(Operands.on(device, call.direction(input)));
    }
    String change = "(" + formula.slope() + ") * (" + String.join(" - ", directions) + ")";
    Code terms = code(call, change, directions.toArray(String[]::new));
    return Outputs.of(sums.compute(terms, all(call), 1, operands, numbers(call)));
  }
}
