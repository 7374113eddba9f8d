package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Derivatives;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ElementOperator} computes: its ports, an {@link Expression} of them, and the
 * slopes of that expression.
 *
 * <p>In the expression, operand {@code i} is input {@code i} and parameter {@code i} is number
 * {@code i}. In a slope the operand behind the inputs is the result, for derivatives that are
 * simpler or more accurate in it; in a product with a slope the one behind that is the cotangent. A
 * slope that is not given is derived. Immutable.
 */
public final class Formula {

  private final String name;
  private final List<Input> inputs;
  private final List<Coefficient> numbers;
  private final List<Port> ports;
  private final List<String> linearIn;
  private final Expression value;
  private final Kernel kernel;
  private final List<Slope> slopes;
  private final Consumer<OperatorCall> check;

  private Formula(Builder builder, Expression value) {
    this.name = builder.name;
    this.inputs = List.copyOf(builder.inputs);
    this.numbers = List.copyOf(builder.numbers);
    this.ports = List.copyOf(builder.ports);
    this.linearIn = List.copyOf(builder.linearIn);
    this.value = value;
    this.kernel = Kernel.of(value, inputs.size());
    this.check = builder.check;
    List<Slope> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      all.add(new Slope(product(builder, i)));
    }
    this.slopes = List.copyOf(all);
  }

  private Expression product(Builder builder, int input) {
    String port = inputs.get(input).name();
    Expression given = builder.products.get(port);
    if (given != null) {
      return given;
    }
    Expression slope = builder.slopes.get(port);
    return Expressions.product(
        Expression.operand(cotangent()), slope == null ? Derivatives.of(value, input) : slope);
  }

  /** A tensor that the formula takes. */
  record Input(String name, boolean differentiable) {}

  /** A number that the formula takes, with its value where it is left out; null if it must be. */
  record Coefficient(String name, @Nullable Double fallback) {}

  /** Starts a formula of an operator. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The operand that the result is in slopes. */
  int result() {
    return inputs.size();
  }

  /** The operand that a cotangent is in products with slopes. */
  int cotangent() {
    return inputs.size() + 1;
  }

  Expression value() {
    return value;
  }

  List<Input> inputs() {
    return inputs;
  }

  List<Coefficient> numbers() {
    return numbers;
  }

  Kernel kernel() {
    return kernel;
  }

  Slope slope(int input) {
    return slopes.get(input);
  }

  void check(OperatorCall call) {
    check.accept(call);
  }

  /** The tensors of a call, checked with its numbers. */
  List<Tensor> operands(OperatorCall call) {
    List<Tensor> operands = inputs.stream().map(input -> call.tensor(input.name())).toList();
    check.accept(call);
    String first = inputs.getFirst().name();
    for (int i = 1; i < operands.size(); i++) {
      String name = inputs.get(i).name();
      Operands.sameType(call, first, operands.getFirst(), name, operands.get(i));
      for (int k = 0; k < i; k++) {
        Operands.fit(call, inputs.get(k).name(), operands.get(k), name, operands.get(i));
      }
    }
    return operands;
  }

  /** The tensor of a call that an operand stands for. */
  Tensor operand(OperatorCall call, int operand) {
    return call.tensor(inputs.get(operand).name());
  }

  /** The number of elements of the largest tensor of a call. */
  int largest(OperatorCall call) {
    return inputs.stream().mapToInt(input -> call.tensor(input.name()).size()).max().orElse(0);
  }

  /**
   * The gradients of a call.
   *
   * @param cotangent of the shape of the result
   * @param shapes of the inputs
   */
  Gradients gradients(AdjointCall call, Tensor cotangent, List<Shape> shapes) {
    List<@Nullable Object> gradients = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Input input = inputs.get(i);
      if (input.differentiable()) {
        boolean wanted = call.needsGrad(input.name());
        gradients.add(wanted ? gradient(call, cotangent, i, shapes.get(i)) : null);
      }
    }
    return Gradients.of(gradients.toArray());
  }

  private Tensor gradient(AdjointCall call, Tensor cotangent, int input, Shape shape) {
    Slope slope = slopes.get(input);
    if (slope.isZero()) {
      return Tensor.zeros(shape, cotangent.dataType());
    }
    Tensor product =
        slope.times(
            cotangent,
            call,
            operand -> operand == result() ? call.output("y") : operand(call, operand));
    return Reduction.sumTo(product, shape, call.parallel());
  }

  /** The numbers of a call. */
  double[] parameters(OperatorCall call) {
    double[] parameters = new double[numbers.size()];
    for (int i = 0; i < parameters.length; i++) {
      Double fallback = numbers.get(i).fallback();
      String port = numbers.get(i).name();
      parameters[i] = fallback == null ? call.number(port) : call.number(port, fallback);
    }
    return parameters;
  }

  /** Simple arithmetic steps an element takes. */
  long steps() {
    return 1 + Expressions.cost(value);
  }

  Signature signature() {
    Signature.Builder builder = Signature.named(name);
    ports.forEach(builder::input);
    TreeSet<Integer> kept = new TreeSet<>();
    slopes.forEach(slope -> kept.addAll(slope.operands()));
    List<String> needed = new ArrayList<>(numbers.stream().map(Coefficient::name).toList());
    kept.headSet(result()).forEach(operand -> needed.add(inputs.get(operand).name()));
    builder.output("y");
    if (kept.contains(result())) {
      builder.keepsOutputs("y");
    }
    return builder
        .linearIn(linearIn.toArray(String[]::new))
        .adjointNeeds(needed.toArray(String[]::new))
        .build();
  }

  /** A slope of the formula, and the product of a tensor with it. */
  final class Slope {

    private final Expression expression;
    private final List<Integer> operands;
    private final Kernel product;

    /** A slope by its product with the {@linkplain Formula#cotangent cotangent}. */
    Slope(Expression product) {
      Set<Integer> found = Expressions.operands(product);
      found.remove(cotangent());
      this.expression = product;
      this.operands = List.copyOf(found);
      this.product = Kernel.of(renumbered(), operands.size() + 1);
    }

    /** The product with operand 0; what the slope refers to follows. */
    private Expression renumbered() {
      TreeMap<Integer, Integer> places = new TreeMap<>();
      places.put(cotangent(), 0);
      for (int i = 0; i < operands.size(); i++) {
        places.put(operands.get(i), i + 1);
      }
      return Expressions.renumbered(expression, places);
    }

    /** The product with the operand {@link Formula#cotangent}. */
    Expression product() {
      return expression;
    }

    boolean isZero() {
      return expression.is(0);
    }

    boolean isOne() {
      return expression.equals(Expression.operand(cotangent()));
    }

    /** What it refers to: inputs, and behind them the result. */
    List<Integer> operands() {
      return operands;
    }

    /** The product of a tensor and the slope. */
    Tensor times(Tensor v, OperatorCall call, IntFunction<Tensor> operand) {
      if (isOne()) {
        return v;
      }
      Tensor[] all = new Tensor[operands.size() + 1];
      all[0] = v;
      for (int i = 1; i < all.length; i++) {
        all[i] = operand.apply(operands.get(i - 1));
      }
      Parallel parallel = call.parallel();
      return product.map(parallel, parameters(call), all);
    }

    /** The product as a formula of its own, of the cotangent and what the slope refers to. */
    Formula formula(String input) {
      Builder builder = new Builder(name + "-adjoint-" + input).input("cotangent");
      for (int operand : operands) {
        builder.input(operand == result() ? "result" : "argument_" + inputs.get(operand).name());
      }
      numbers.forEach(builder::add);
      return builder.linearIn("cotangent").computes(product.expression());
    }
  }

  /** Collects ports in positional order. Not safe for concurrent use. */
  public static final class Builder {

    private final String name;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Coefficient> numbers = new ArrayList<>();
    private final List<Port> ports = new ArrayList<>();
    private final List<String> linearIn = new ArrayList<>();
    private final TreeMap<String, Expression> slopes = new TreeMap<>();
    private final TreeMap<String, Expression> products = new TreeMap<>();
    private Consumer<OperatorCall> check = call -> {};

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a tensor. */
    public Builder input(String port) {
      inputs.add(new Input(port, true));
      ports.add(Port.of(port));
      return this;
    }

    /** Adds a tensor that has no gradient. */
    public Builder auxiliary(String port) {
      inputs.add(new Input(port, false));
      ports.add(Port.auxiliary(port, Tensor.class));
      return this;
    }

    /** Adds a number. */
    public Builder number(String port) {
      return add(new Coefficient(port, null));
    }

    /** Adds a number that may be left out. */
    public Builder number(String port, double fallback) {
      return add(new Coefficient(port, fallback));
    }

    private Builder add(Coefficient number) {
      Port port = Port.auxiliary(number.name(), Number.class);
      numbers.add(number);
      ports.add(number.fallback() == null ? port : port.optional());
      return this;
    }

    /** Gives the slope along an input. */
    public Builder slope(String port, Expression slope) {
      slopes.put(port, slope);
      return this;
    }

    /** Gives the product of the operand behind the result with the slope along an input. */
    Builder product(String port, Expression product) {
      products.put(port, product);
      return this;
    }

    /** Declares that the formula is linear in each of these inputs, the others held fixed. */
    public Builder linearIn(String... ports) {
      linearIn.addAll(List.of(ports));
      return this;
    }

    /** Checks the numbers of a call, with an error that says what to do. */
    public Builder checked(Consumer<OperatorCall> check) {
      this.check = check;
      return this;
    }

    /** The formula. */
    public Formula computes(Expression value) {
      return new Formula(this, value);
    }
  }
}
