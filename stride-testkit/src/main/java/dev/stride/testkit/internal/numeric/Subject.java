package dev.stride.testkit.internal.numeric;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.call.CallContext;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.call.OperatorRunner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An operator at a sample, as a function from the coordinates of its differentiable arguments to
 * those of its differentiable outputs. Every call gets tensors of its own. Immutable.
 */
public final class Subject {

  private final OperatorRunner runner;
  private final BoundArguments arguments;
  private final CallContext context;
  private final DataType type;
  private final double scale;
  private final Layout inputs;
  private final Layout outputs;

  private Subject(
      OperatorRunner runner,
      BoundArguments arguments,
      CallContext context,
      DataType type,
      double scale) {
    this.runner = runner;
    this.arguments = arguments;
    this.context = context;
    this.type = type;
    this.scale = scale;
    this.inputs = Layout.of(arguments.differentiable(), runner.kinds());
    try (Forwarded first = runner.forward(arguments.copy(), context, path -> false, false)) {
      this.outputs = Layout.of(differentiable(first), runner.kinds());
    }
  }

  private Subject(
      OperatorRunner runner,
      BoundArguments arguments,
      CallContext context,
      DataType type,
      double scale,
      Layout inputs,
      Layout outputs) {
    this.runner = runner;
    this.arguments = arguments;
    this.context = context;
    this.type = type;
    this.scale = scale;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** An operator at a sample, with tensors in a type; runs forward once to learn the outputs. */
  public static Subject of(
      OperatorRunner runner, Sample sample, CallContext context, DataType type) {
    BoundArguments bound =
        BoundArguments.bind(runner.operator().signature(), sample.arguments()).cast(type);
    return new Subject(runner, bound, context, type, sample.scale());
  }

  /** The same with other means to compute. */
  public Subject with(CallContext other) {
    return new Subject(runner, arguments, other, type, scale);
  }

  /** The same with other means to compute, without a call to learn the outputs again. */
  public Subject quietly(CallContext other) {
    return new Subject(runner, arguments, other, type, scale, inputs, outputs);
  }

  /** The same in another type, from this subject's rounded numbers. */
  public Subject in(DataType other) {
    return new Subject(runner, arguments.cast(other), context, other, scale);
  }

  /** The same at another point. */
  public Subject at(Vec point) {
    return new Subject(runner, arguments.with(inputs.values(point)), context, type, scale);
  }

  /** The same with other arguments, which may have other shapes. */
  public Subject with(BoundArguments other) {
    return new Subject(runner, other, context, type, scale);
  }

  /** Another operator at the same sample. */
  public Subject of(Operator<?> other) {
    return new Subject(runner.of(other), arguments, context, type, scale);
  }

  /** Type of its tensors. */
  public DataType type() {
    return type;
  }

  /** Runs its phases. */
  public OperatorRunner runner() {
    return runner;
  }

  /** Its arguments. */
  public BoundArguments arguments() {
    return arguments;
  }

  /** What its calls have in common. */
  public CallContext context() {
    return context;
  }

  /** Coordinates of the differentiable arguments. */
  public Layout inputs() {
    return inputs;
  }

  /** Coordinates of the differentiable outputs. */
  public Layout outputs() {
    return outputs;
  }

  /** The sample's point. */
  public Vec point() {
    return inputs.vector(arguments.differentiable());
  }

  /** Runs forward at a point, for an adjoint to follow. */
  public Forwarded forward(Vec point) {
    return forward(point, path -> true);
  }

  /** Runs forward at a point, for an adjoint that gives some gradients only. */
  public Forwarded forward(Vec point, Predicate<String> needs) {
    return runner.forward(moved(point), context, needs, true);
  }

  /** The differentiable outputs at a point. */
  public Vec value(Vec point) {
    try (Forwarded forwarded = runner.forward(moved(point), context, path -> false, false)) {
      return value(forwarded);
    }
  }

  /** The differentiable outputs of a forward. */
  public Vec value(Forwarded forwarded) {
    return outputs.vector(forwarded.outputs());
  }

  /** The gradients of a forward for a cotangent, which may be zero in some blocks. */
  public Vec adjoint(Forwarded forwarded, Vec cotangent) {
    return inputs.vector(adjoint(forwarded, outputs.values(cotangent), path -> true));
  }

  /** The gradients, by path, that are needed; outputs without a cotangent have none. */
  public Map<String, Object> adjoint(
      Forwarded forwarded, Map<String, Object> cotangents, Predicate<String> needs) {
    return runner.adjoint(forwarded, context, cotangents, needs);
  }

  /** The gradients at a point for a cotangent, by a forward of their own. */
  public Vec gradient(Vec point, Vec cotangent) {
    try (Forwarded forwarded = forward(point)) {
      return adjoint(forwarded, cotangent);
    }
  }

  /** The derivative along a direction, by the operator's own tangent; zero blocks are not given. */
  public Vec tangent(Vec point, Vec direction) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (int b = 0; b < inputs.blocks(); b++) {
      if (!direction.only(b).isZero()) {
        given.put(inputs.path(b), inputs.value(b, direction));
      }
    }
    return outputs.vector(runner.tangent(moved(point), context, given));
  }

  /** The imaginary part of the outputs at {@code point + i imaginary}. */
  public Vec imaginary(Vec point, Vec imaginary) {
    return outputs.vector(runner.imaginary(moved(point), context, inputs.values(imaginary)));
  }

  /** The arguments at a point, in tensors of their own. */
  public BoundArguments argumentsAt(Vec point) {
    return moved(point);
  }

  /**
   * The length of a well-scaled step in a block: the sample's scale times the largest element, or
   * the scale where all are zero.
   */
  public double step(int block) {
    double largest = 0;
    for (double v : point().block(block)) {
      largest = Math.max(largest, Math.abs(v));
    }
    return scale * (largest > 0 ? largest : 1);
  }

  /** The length of the longest step: the scale times the largest element of all, or times one. */
  public double widest() {
    double widest = scale;
    for (int b = 0; b < inputs.blocks(); b++) {
      widest = Math.max(widest, step(b));
    }
    return widest;
  }

  /**
   * A direction whose numbers are scaled by the sizes of the elements they belong to, for inputs
   * whose elements differ too much in size for one step.
   */
  public Vec proportional(int block, Vec direction) {
    double[] point = point().block(block);
    double[] scaled = direction.block(block).clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= point[i] == 0 ? step(block) : scale * Math.abs(point[i]);
    }
    return inputs.zeros().with(block, scaled);
  }

  private BoundArguments moved(Vec point) {
    return arguments.with(inputs.values(point)).copy();
  }

  private Map<String, Object> differentiable(Forwarded forwarded) {
    Map<String, Object> found = new LinkedHashMap<>();
    forwarded
        .outputs()
        .forEach((path, value) -> {
          String port = BoundArguments.port(path);
          if (arguments.signature().outputs().stream()
              .anyMatch(p -> p.name().equals(port) && p.differentiable())) {
            found.put(path, value);
          }
        });
    return found;
  }
}
