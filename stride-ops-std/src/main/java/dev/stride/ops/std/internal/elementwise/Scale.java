package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.Fusion;
import dev.stride.api.Operator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.FormulaOperator;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every element times a number that has no gradient.
 *
 * <p>Computes {@code y = c * x}, with {@code c} rounded to the type of {@code x}. For a cotangent
 * {@code g} the adjoint is {@code c * g}. Where the factor needs a gradient, use {@code
 * stride.multiply}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>factor (auxiliary)<td>number<td>any
 *   <tr><td>y (output)<td>as x<td>unit of x times unit of factor
 * </table>
 *
 * <p>Saves a shape and a number. Deterministic and stateless: one instance serves any number of
 * concurrent calls.
 */
final class Scale extends LinearOperator implements FormulaOperator {

  private static final Formula FORMULA =
      Formula.named("stride.scale")
          .input("x")
          .number("factor")
          .computes(Expression.parameter(0).times(Expression.operand(0)));

  Scale() {
    super("stride.scale", Port.auxiliary("factor", Number.class));
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Singles.normal(Shape.of(4, 7)), 0.3),
        Sample.of(Singles.normal(Shape.SCALAR), -1).described("scalar, sign changed"),
        Sample.of(Singles.normal(Shape.of(1)), 2).described("one element"),
        Sample.of(Singles.normal(Shape.of(2, 1, 3)), 1e-12).described("small factor"),
        Sample.of(Singles.normal(Shape.of(0, 3)), 2).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 3, 1, 2)), 2).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(5)).times(1e6), 2).described("large numbers"),
        Sample.of(Singles.normal(Shape.of(5)).times(1e-6), 2).described("small numbers"));
  }

  @Override
  public Formula formula() {
    return FORMULA;
  }

  @Override
  public @Nullable Operator<Tensor> fuse(Fusion fusion) {
    return ElementOperator.joining(fusion);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return new Scaled(x, new Scaling(call.number("factor")));
  }

  private record Scaled(Shape from, Scaling scaling) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return Elementwise.map(scaling, x, parallel);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return Elementwise.map(scaling, cotangent, parallel);
    }
  }
}
