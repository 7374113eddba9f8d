package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Function;
import dev.stride.ops.std.internal.kernel.Scaling;
import dev.stride.ops.std.internal.kernel.UnaryLoop;
import dev.stride.ops.std.internal.operator.ElementFunction;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import java.util.stream.Stream;

/**
 * The square root of every element.
 *
 * <p>Computes {@code y = sqrt(x)}, correctly rounded. For a cotangent {@code g} the adjoint is
 * {@code g / (2 y)}. At 0 the gradient is infinite; of negative numbers the root is NaN.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>y (output)<td>as x<td>root of the unit of x
 * </table>
 *
 * <p>Computed in float64 and rounded. Keeps the result. Deterministic and stateless: one instance
 * serves any number of concurrent calls.
 */
final class Sqrt extends ElementFunction {

  Sqrt() {
    super("stride.sqrt", Anchor.RESULT);
  }

  static List<Sample> samples() {
    return Stream.concat(
            Singles.positive().map(Sample::of),
            Stream.of(
                Sample.of(Singles.positive().findFirst().orElseThrow().times(1e-8))
                    .described("small numbers")))
        .toList();
  }

  @Override
  protected UnaryLoop function(OperatorCall call) {
    return Function.SQRT;
  }

  @Override
  protected Tensor derivative(Tensor v, Tensor y, OperatorCall call) {
    Tensor quotient = Elementwise.zip(Arithmetic.DIVIDE, v, y, call.parallel());
    return Elementwise.map(new Scaling(0.5), quotient, call.parallel());
  }

  @Override
  protected Variable<Tensor> derivative(Variable<Tensor> v, VariableCall call) {
    return v.div(call.output("y", Tensor.class)).times(0.5);
  }
}
