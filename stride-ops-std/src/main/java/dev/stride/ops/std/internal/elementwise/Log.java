package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Function;
import dev.stride.ops.std.internal.kernel.UnaryLoop;
import dev.stride.ops.std.internal.operator.ElementFunction;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import java.util.stream.Stream;

/**
 * The natural logarithm of every element.
 *
 * <p>Computes {@code y = ln(x)}. For a cotangent {@code g} the adjoint is {@code g / x}. Of 0 it is
 * negative infinity, of negative numbers NaN.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>1
 *   <tr><td>y (output)<td>as x<td>1
 * </table>
 *
 * <p>Computed in float64 and rounded. Keeps the argument. Deterministic and stateless: one instance
 * serves any number of concurrent calls.
 */
final class Log extends ElementFunction {

  Log() {
    super("stride.log", Anchor.ARGUMENT);
  }

  static List<Sample> samples() {
    return Stream.concat(
            Singles.positive().map(Sample::of),
            Stream.of(
                Sample.of(Singles.positive().findFirst().orElseThrow().times(1e8))
                    .described("large numbers")))
        .toList();
  }

  @Override
  protected UnaryLoop function(OperatorCall call) {
    return Function.LOG;
  }

  @Override
  protected Tensor derivative(Tensor v, Tensor x, OperatorCall call) {
    return Elementwise.zip(Arithmetic.DIVIDE, v, x, call.parallel());
  }

  @Override
  protected Variable<Tensor> derivative(Variable<Tensor> v, VariableCall call) {
    return v.div(call.input("x"));
  }
}
