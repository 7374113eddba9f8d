package dev.stride.ops.std.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of axes whose adjoint is a formula of elements: the cotangent {@code g} times a
 * slope, in which the elements {@code x}, the result {@code y} and one more reduction of the same
 * axes, the {@code statistic}, are repeated along those axes.
 *
 * <p>Keeps x, and y where the slope refers to it; the statistic is computed again. The adjoint is a
 * formula, so that gradients can be differentiated. Deterministic and stateless: results depend on
 * no thread, and one instance serves any number of concurrent calls.
 */
public abstract class ReducingOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  /** In slopes: the elements. */
  protected static final Expression X = Expression.operand(0);

  /** In slopes: the result. */
  protected static final Expression Y = Expression.operand(1);

  /** In slopes: the statistic. */
  protected static final Expression S = Expression.operand(2);

  /** In slopes: the number of the call. */
  protected static final Expression NUMBER = Expression.parameter(0);

  /** In slopes: how many elements one result is made of. */
  protected static final Expression LENGTH = Expression.parameter(1);

  private final Signature signature;
  private final @Nullable String number;
  private final double fallback;
  private final List<SlopeProduct> products;

  /**
   * Takes the name and the slopes.
   *
   * @param number port of a number that may be left out; null if there is none
   * @param fallback its value then
   * @param slopes one, or as many as {@link #kind} tells apart
   */
  protected ReducingOperator(
      String name, @Nullable String number, double fallback, Expression... slopes) {
    this.number = number;
    this.fallback = fallback;
    this.products = List.of(slopes).stream().map(slope -> new SlopeProduct(name, slope)).toList();
    Signature.Builder builder =
        Signature.named(name).input("x").input(AxesPorts.axes()).input(AxesPorts.keepdims());
    List<String> needed = new ArrayList<>(List.of("x", "axes", "keepdims"));
    if (number != null) {
      builder.input(Port.auxiliary(number, Number.class).optional());
      needed.add(number);
    }
    builder.output("y").adjointNeeds(needed.toArray(String[]::new));
    if (products.stream().anyMatch(product -> product.uses(1))) {
      builder.keepsOutputs("y");
    }
    this.signature = builder.build();
  }

  /** The results, of shape {@link Axes#kept}; an error if there is none. */
  protected abstract Tensor reduced(OperatorCall call, Tensor x, Axes axes, double number);

  /** Which of the slopes belongs to a number. */
  protected int kind(double given) {
    return 0;
  }

  /**
   * The statistic that slopes refer to, of shape {@link Axes#kept}.
   *
   * @param y the result, of that shape too
   */
  protected Tensor statistic(Tensor x, Tensor y, Axes axes, Parallel parallel) {
    throw new IllegalStateException(signature.name() + " has no statistic");
  }

  /** The same on variables. */
  protected Variable<Tensor> statistic(Variable<Tensor> x, Variable<Tensor> y, Arguments axes) {
    throw new IllegalStateException(signature.name() + " has no statistic");
  }

  private record Nothing() implements Saved {
    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Axes axes = AxesPorts.of(call, x.shape());
    Tensor y = reduced(call, x, axes, number(call));
    return Outputs.of(y.reshape(axes.to())).saving(new Nothing());
  }

  private double number(OperatorCall call) {
    return number == null ? fallback : call.number(number, fallback);
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Tensor x = call.tensor("x");
    Axes axes = AxesPorts.of(call, x.shape());
    SlopeProduct product = products.get(kind(number(call)));
    Tensor y = product.uses(1) ? call.output("y").reshape(axes.kept()) : x;
    return Gradients.of(product(call, product, call.cotangent().reshape(axes.kept()), x, y, axes));
  }

  /** The product of a tensor with the slope, of the shape of x. */
  private Tensor product(
      OperatorCall call, SlopeProduct product, Tensor v, Tensor x, Tensor y, Axes axes) {
    Parallel parallel = call.parallel();
    Tensor s = product.uses(2) ? statistic(x, y, axes, parallel) : x;
    return product.kernel().map(parallel, parameters(call, axes), product.operands(v, x, y, s));
  }

  private double[] parameters(OperatorCall call, Axes axes) {
    return new double[] {number(call), axes.length()};
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor x = call.tensor("x");
    Axes axes = AxesPorts.of(call, x.shape());
    Tensor y = reduced(call, x, axes, number(call));
    SlopeProduct product = products.get(kind(number(call)));
    Tensor each = product(call, product, call.direction("x"), x, y, axes);
    return Outputs.of(Reduction.sum(each, axes, 1, call.parallel()).reshape(axes.to()));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> x = call.input("x");
    Axes axes = AxesPorts.of(signature.name(), call, call.like("x").get().shape());
    double given =
        number != null && call.has(number)
            ? call.value(number, Number.class).doubleValue()
            : fallback;
    SlopeProduct product = products.get(kind(given));
    Variable<Tensor> v = call.cotangent("y", Tensor.class).reshape(axes.kept());
    Variable<Tensor> y = product.uses(1) ? call.output("y", Tensor.class).reshape(axes.kept()) : x;
    Variable<Tensor> s = product.uses(2) ? statistic(x, y, kept(Arguments.of(), call)) : x;
    Arguments all = Arguments.of(product.operands(v, x, y, s));
    return List.of(
        product.operator().call(all.with("number", given).with("length", axes.length())));
  }

  /** The arguments of a reduction of the same axes that keeps them. */
  private static Arguments kept(Arguments arguments, VariableCall call) {
    List<Object> axes = new ArrayList<>();
    while (call.has("axes[" + axes.size() + "]")) {
      axes.add(call.value("axes[" + axes.size() + "]", Number.class));
    }
    return arguments.with("axes", axes).with("keepdims", true);
  }

  @Override
  public final Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 4);
  }
}
