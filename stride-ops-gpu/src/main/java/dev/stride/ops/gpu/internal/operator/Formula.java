package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.kernel.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ElementOperator} computes: its ports, an expression of them in OpenCL C, and the
 * slopes of that expression along its inputs. Slopes may speak of the result as {@code y}, and of
 * the {@code cotangent} where it is not simply a factor: a branch that is 0 must stay 0 even where
 * the cotangent is not finite. Immutable.
 *
 * @see Code for how expressions are written
 */
final class Formula {

  /** The result, in slopes. */
  static final String RESULT = "y";

  /** What comes from the result, in slopes. */
  static final String COTANGENT = "cotangent";

  private final String name;
  private final Map<String, Boolean> inputs;
  private final Map<String, @Nullable Double> numbers;
  private final List<Port> ports;
  private final Map<String, String> slopes;
  private final List<String> linearIn;
  private final Consumer<OperatorCall> check;
  private final String value;

  private Formula(Builder builder, String value) {
    this.name = builder.name;
    this.inputs = new LinkedHashMap<>(builder.inputs);
    this.numbers = new LinkedHashMap<>(builder.numbers);
    this.ports = List.copyOf(builder.ports);
    this.slopes = Map.copyOf(builder.slopes);
    this.linearIn = List.copyOf(builder.linearIn);
    this.check = builder.check;
    this.value = value;
  }

  static Builder named(String name) {
    return new Builder(name);
  }

  String name() {
    return name;
  }

  List<String> inputs() {
    return List.copyOf(inputs.keySet());
  }

  boolean isDifferentiable(String input) {
    return Boolean.TRUE.equals(inputs.get(input));
  }

  Code value() {
    return new Code(value, inputs(), List.copyOf(numbers.keySet()));
  }

  /** The names of the numbers. */
  List<String> numbers() {
    return List.copyOf(numbers.keySet());
  }

  /** The value of a number that is left out; null if it must be given. */
  @Nullable Double fallback(String number) {
    return numbers.get(number);
  }

  private String slope(String input) {
    String text = slopes.get(input);
    if (text == null) {
      throw new IllegalStateException(name + " has no slope along " + input);
    }
    return text;
  }

  /** Whether the slope along an input is 1 everywhere. */
  boolean isOne(String input) {
    return slope(input).equals("1");
  }

  /** The inputs, and the result, that the slope along an input speaks of. */
  List<String> slopeOperands(String input) {
    List<String> operands = new ArrayList<>(inputs());
    operands.add(RESULT);
    operands.removeIf(operand -> !Code.mentions(slope(input), operand));
    return operands;
  }

  /** The cotangent, operand 0, times the slope along an input, whose operands follow. */
  Code product(String input) {
    String slope = slope(input);
    List<String> operands = new ArrayList<>(List.of(COTANGENT));
    operands.addAll(slopeOperands(input));
    return new Code(
        Code.mentions(slope, COTANGENT) ? slope : COTANGENT + " * (" + slope + ")",
        operands,
        List.copyOf(numbers.keySet()));
  }

  void check(OperatorCall call) {
    check.accept(call);
  }

  double[] numbers(OperatorCall call) {
    return numbers.entrySet().stream()
        .mapToDouble(number -> {
          Double fallback = number.getValue();
          return fallback == null
              ? call.number(number.getKey())
              : call.number(number.getKey(), fallback);
        })
        .toArray();
  }

  Signature signature() {
    Signature.Builder builder = Signature.named(name);
    List<String> needed = new ArrayList<>(numbers.keySet());
    boolean keepsResult = false;
    ports.forEach(builder::input);
    for (String input : inputs()) {
      if (isDifferentiable(input)) {
        needed.addAll(slopeOperands(input));
        keepsResult |= slopeOperands(input).contains(RESULT);
      }
    }
    builder.output(RESULT);
    if (keepsResult) {
      builder.keepsOutputs(RESULT);
    }
    return builder
        .linearIn(linearIn.toArray(String[]::new))
        .adjointNeeds(
            needed.stream().filter(port -> !port.equals(RESULT)).distinct().toArray(String[]::new))
        .build();
  }

  /** Collects ports in positional order. Not safe for concurrent use. */
  static final class Builder {

    private final String name;
    private final Map<String, Boolean> inputs = new LinkedHashMap<>();
    private final Map<String, @Nullable Double> numbers = new LinkedHashMap<>();
    private final List<Port> ports = new ArrayList<>();
    private final Map<String, String> slopes = new LinkedHashMap<>();
    private final List<String> linearIn = new ArrayList<>();
    private Consumer<OperatorCall> check = call -> {};

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a tensor and the slope along it. */
    Builder input(String port, String slope) {
      inputs.put(port, true);
      ports.add(Port.of(port));
      slopes.put(port, slope);
      return this;
    }

    /** Adds a tensor that has no gradient. */
    Builder auxiliary(String port) {
      inputs.put(port, false);
      ports.add(Port.auxiliary(port, Tensor.class));
      return this;
    }

    /** Adds a number; one that may be left out where there is a fallback. */
    Builder number(String name, @Nullable Double fallback) {
      Port port = Port.auxiliary(name, Number.class);
      numbers.put(name, fallback);
      ports.add(fallback == null ? port : port.optional());
      return this;
    }

    Builder linearIn(String... ports) {
      linearIn.addAll(List.of(ports));
      return this;
    }

    /** Looks at the arguments of a call before anything is computed. */
    Builder checked(Consumer<OperatorCall> given) {
      check = given;
      return this;
    }

    Formula computes(String value) {
      return new Formula(this, value);
    }
  }
}
