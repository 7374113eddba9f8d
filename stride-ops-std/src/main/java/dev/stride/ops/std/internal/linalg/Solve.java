package dev.stride.ops.std.internal.linalg;

import dev.stride.api.Arguments;
import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The solution of systems of linear equations: {@code numpy.linalg.solve}.
 *
 * <p>Computes {@code x = a^-1 b}, or {@code x = a^-T b} if it is transposed, by LU factors with row
 * exchanges. For a cotangent {@code g} the adjoint of {@code b} is {@code h = a^-T g}, and that of
 * {@code a} is {@code -h x^T}; transposed {@code h = a^-1 g} and {@code -x h^T}. Each is summed
 * over the batch axes along which that input was repeated.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]<td>any
 *   <tr><td>b<td>[batch..., n, m]; or [n] for one matrix a<td>any
 *   <tr><td>transposed (optional, auxiliary)<td>Boolean, default false<td>1
 *   <tr><td>x (output)<td>[batch..., n, m] or [n]; the batch axes of both are broadcast<td>unit of
 *       b per unit of a
 * </table>
 *
 * <p>A matrix with a pivot of zero is an error that names it. Computes in float64 in both types and
 * saves the factors, as large as a in float64. Stateless: one instance serves any number of
 * concurrent calls.
 */
final class Solve extends SystemOperator {

  Solve() {
    super("stride.solve");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(4, 4), Singles.normal(Shape.of(4, 3))),
        Sample.of(Wells.matrices(3, 3), Singles.normal(Shape.of(3))).described("a vector"),
        Sample.of(Wells.matrices(5, 5), Singles.normal(Shape.of(5, 2)), true)
            .described("transposed"),
        Sample.of(Wells.matrices(2, 1, 3, 3), Singles.normal(Shape.of(2, 3, 1)))
            .described("both stacks are repeated"),
        Sample.of(Wells.matrices(1, 1), Singles.normal(Shape.of(1, 1))).described("one element"),
        Sample.of(Wells.matrices(3, 3).times(1e6), Singles.normal(Shape.of(3, 2)).times(1e-3))
            .described("ill-scaled"),
        Sample.of(Singles.normal(Shape.of(0, 0)), Singles.normal(Shape.of(0, 2)))
            .described("empty"),
        Sample.of(Wells.matrices(3, 3).times(1e-6), Singles.normal(Shape.of(3, 2)))
            .described("small numbers"));
  }

  private record Lu(Factors factors) implements Solver {
    @Override
    public Tensor solve(Tensor b, boolean transposed, OperatorCall call) {
      return factors.solve(b, transposed, call);
    }

    @Override
    public long bytes() {
      return factors.bytes();
    }
  }

  @Override
  Solver solver(OperatorCall call, Tensor a) {
    return new Lu(Factors.of(a, call).checked(call, "a"));
  }

  @Override
  Tensor read(OperatorCall call, Tensor gradient) {
    return gradient;
  }

  @Override
  Variable<Tensor> read(VariableCall call, Variable<Tensor> gradient) {
    return gradient;
  }

  @Override
  Arguments selected(VariableCall call, Arguments arguments) {
    return arguments;
  }
}
