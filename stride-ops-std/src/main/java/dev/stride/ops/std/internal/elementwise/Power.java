package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Powers;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.kernel.UnaryLoop;
import dev.stride.ops.std.internal.operator.ElementFunction;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * Every element to the power of a number.
 *
 * <p>Computes {@code y = x^p}. For a cotangent {@code g} the adjoint is {@code g * p * x^(p - 1)},
 * and 0 for {@code p = 0}. Negative numbers to a power that is not whole give NaN, and 0 to a
 * negative power infinity, as {@link Math#pow} does.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>exponent (auxiliary)<td>number<td>1
 *   <tr><td>y (output)<td>as x<td>unit of x to that power
 * </table>
 *
 * <p>Computed in float64 and rounded. Keeps the argument. Deterministic and stateless: one instance
 * serves any number of concurrent calls.
 */
final class Power extends ElementFunction {

  Power() {
    super("stride.power", Anchor.ARGUMENT, Port.auxiliary("exponent", Number.class));
  }

  static List<Sample> samples() {
    List<Tensor> positive = Singles.positive().toList();
    return List.of(
        Sample.of(Singles.normal().findFirst().orElseThrow(), 2).described("square"),
        Sample.of(Singles.normal().findFirst().orElseThrow(), 3).described("cube"),
        Sample.of(positive.get(0), -1.5).described("negative, not whole"),
        Sample.of(positive.get(1), 0.5).described("root of a scalar"),
        Sample.of(positive.get(2), 1).described("one element, first power"),
        Sample.of(positive.get(3), -1).described("reciprocal"),
        Sample.of(positive.get(4).times(1e4), 4).described("large numbers"));
  }

  @Override
  protected UnaryLoop function(OperatorCall call) {
    return new Powers(call.number("exponent"));
  }

  @Override
  protected Tensor derivative(Tensor v, Tensor x, OperatorCall call) {
    double exponent = call.number("exponent");
    if (exponent == 0) {
      return Tensor.zeros(x.shape(), x.dataType());
    }
    Tensor power = Elementwise.map(new Powers(exponent - 1), x, call.parallel());
    Tensor scaled = Elementwise.map(new Scaling(exponent), power, call.parallel());
    return Elementwise.zip(Arithmetic.MULTIPLY, v, scaled, call.parallel());
  }

  @Override
  protected Variable<Tensor> derivative(Variable<Tensor> v, VariableCall call) {
    double exponent = call.value("exponent", Number.class).doubleValue();
    return exponent == 0 ? v.times(0) : v.times(call.input("x").pow(exponent - 1)).times(exponent);
  }
}
