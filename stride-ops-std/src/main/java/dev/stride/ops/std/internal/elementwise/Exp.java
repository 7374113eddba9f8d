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
 * The exponential of every element.
 *
 * <p>Computes {@code y = e^x}. For a cotangent {@code g} the adjoint is {@code g * y}. Too large
 * arguments give infinity.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>1
 *   <tr><td>y (output)<td>as x<td>1
 * </table>
 *
 * <p>Computed in float64 and rounded. Keeps the result. Deterministic and stateless: one instance
 * serves any number of concurrent calls.
 */
final class Exp extends ElementFunction {

  Exp() {
    super("stride.exp", Anchor.RESULT);
  }

  static List<Sample> samples() {
    return Stream.concat(
            Singles.normal().map(Sample::of),
            Stream.of(
                Sample.of(Tensor.of(-80.0, -20, 0, 20, 80)).described("very small to very large")))
        .toList();
  }

  @Override
  protected UnaryLoop function(OperatorCall call) {
    return Function.EXP;
  }

  @Override
  protected Tensor derivative(Tensor v, Tensor y, OperatorCall call) {
    return Elementwise.zip(Arithmetic.MULTIPLY, v, y, call.parallel());
  }

  @Override
  protected Variable<Tensor> derivative(Variable<Tensor> v, VariableCall call) {
    return v.times(call.output("y", Tensor.class));
  }
}
