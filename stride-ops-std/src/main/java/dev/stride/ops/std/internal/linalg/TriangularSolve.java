package dev.stride.ops.std.internal.linalg;

import dev.stride.api.Arguments;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The solution of systems with triangular matrices: {@code scipy.linalg.solve_triangular}.
 *
 * <p>Computes {@code x = a^-1 b}, or {@code x = a^-T b} if it is transposed, from one triangle of
 * {@code a}. For a cotangent {@code g} the adjoint of {@code b} is {@code h = a^-T g}, and that of
 * {@code a} the same triangle of {@code -h x^T}; transposed {@code h = a^-1 g} and {@code -x h^T}.
 * Each is summed over the batch axes along which that input was repeated.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]; what is outside the triangle is not read<td>any
 *   <tr><td>b<td>[batch..., n, m]; or [n] for one matrix a<td>any
 *   <tr><td>upper (optional, auxiliary)<td>Boolean, default false: the lower triangle<td>1
 *   <tr><td>unit (optional, auxiliary)<td>Boolean, default false; if true the diagonal is not read
 *       and taken for 1<td>1
 *   <tr><td>transposed (optional, auxiliary)<td>Boolean, default false<td>1
 *   <tr><td>x (output)<td>[batch..., n, m] or [n]; the batch axes of both are broadcast<td>unit of
 *       b per unit of a
 * </table>
 *
 * <p>A zero on the diagonal is an error that names it. Computes in float64 in both types; saves a
 * in float64. Stateless: one instance serves any number of concurrent calls.
 */
final class TriangularSolve extends SystemOperator {

  TriangularSolve() {
    super(
        "stride.triangular-solve",
        Port.auxiliary("upper", Boolean.class).optional(),
        Port.auxiliary("unit", Boolean.class).optional());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(4, 4), Singles.normal(Shape.of(4, 3))),
        Sample.of(Wells.matrices(3, 3), Singles.normal(Shape.of(3)), true).described("a vector"),
        Sample.of(Wells.matrices(4, 4), Singles.normal(Shape.of(4, 2)), true, true, true)
            .described("upper, unit diagonal, transposed"),
        Sample.of(Wells.matrices(5, 5), Singles.normal(Shape.of(5, 2)), false, false, true)
            .described("lower, transposed"),
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

  private record Triangular(Tensor a, Triangle.Form form) implements Solver {
    @Override
    public Tensor solve(Tensor b, boolean transposed, OperatorCall call) {
      return Solutions.triangular(a, transposed ? form.turned() : form, b, call);
    }

    @Override
    public long bytes() {
      return 8L * a.size();
    }
  }

  private static Triangle.Form form(OperatorCall call) {
    return new Triangle.Form(flag(call, "upper"), false, flag(call, "unit"));
  }

  @Override
  Solver solver(OperatorCall call, Tensor a) {
    Triangle.Form form = form(call);
    int n = a.shape().extent(-1);
    for (int row = 0; n > 0 && !form.unit() && row < a.size() / n; row++) {
      if (a.at(row * n + row % n) == 0) {
        throw Squares.broken(
            call, "a", row / n, "singular", row % n + 1, "Correct the zero on its diagonal.");
      }
    }
    return new Triangular(a, form);
  }

  @Override
  Tensor read(OperatorCall call, Tensor gradient) {
    Triangle.Form form = form(call);
    return Triangle.of(gradient, form.upper(), form.diagonal());
  }

  @Override
  Variable<Tensor> read(VariableCall call, Variable<Tensor> gradient) {
    Triangle.Form form = new Triangle.Form(flag(call, "upper"), false, flag(call, "unit"));
    return new Triangle().call(gradient, form.upper(), form.diagonal());
  }

  @Override
  Arguments selected(VariableCall call, Arguments arguments) {
    return arguments.with("upper", flag(call, "upper")).with("unit", flag(call, "unit"));
  }
}
