package dev.stride.ops.std.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.BilinearAdjoint;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lower Cholesky factor of symmetric positive definite matrices: {@code numpy.linalg.cholesky}.
 *
 * <p>Computes {@code L} with {@code L L^T = (a + a^T) / 2}: the symmetric part of {@code a}, so
 * that gradients are symmetric. For a cotangent {@code g}, and {@code P} the lower triangle of
 * {@code L^T g} with half its diagonal, the adjoint is the symmetric part of {@code L^-T P L^-1}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]<td>any
 *   <tr><td>y (output)<td>[batch..., n, n], zeros above the diagonal<td>square root of that of a
 * </table>
 *
 * <p>A matrix that is not positive definite is an error that names it and the pivot. Computes in
 * float64 in both types; keeps its output. Stateless: one instance serves any number of concurrent
 * calls.
 *
 * @see <a href="https://arxiv.org/abs/1602.07527">Murray, Differentiation of the Cholesky
 *     decomposition (2016)</a>
 */
final class Cholesky
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.cholesky")
          .input("a")
          .output("y")
          .adjointNeeds()
          .keepsOutputs("y")
          .build();

  private static final Triangle.Form TRANSPOSED = new Triangle.Form(false, true, false);
  private static final Triangle.Form PLAIN = new Triangle.Form(false, false, false);

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.positive(4, 4)).scaled(0.01),
        Sample.of(Wells.positive(2, 1, 3, 3)).scaled(0.01).described("a stack"),
        Sample.of(Wells.positive(1, 1)).scaled(0.01).described("one element"),
        Sample.of(Wells.positive(3, 3).times(1e6)).scaled(0.01).described("large numbers"),
        Sample.of(Wells.positive(2, 3, 3)).scaled(0.01).described("rank 3"),
        Sample.of(Wells.positive(3, 3).times(1e-7)).scaled(0.01).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(2, 0, 0))).described("empty"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    Squares.check(call, "a", a.shape());
    return Outputs.of(factor(call, a).cast(a.dataType()));
  }

  private static Tensor factor(OperatorCall call, Tensor a) {
    int n = a.shape().extent(-1);
    double[] factors = symmetric(a.cast(DataType.FLOAT64)).toDoubleArray();
    int matrices = Stacks.batch(a.shape()).size();
    int[] broken = new int[matrices];
    if (n > 0) {
      Lapack lapack = Library.chosen().lapack();
      call.parallel().run(matrices, i -> broken[i] = lapack.potrf("U", n, factors, i * n * n));
    }
    for (int i = 0; i < matrices; i++) {
      if (broken[i] != 0) {
        throw Squares.broken(
            call, "a", i, "not positive definite", broken[i], "Add a multiple of the identity.");
      }
    }
    return Triangle.of(Tensor.adopt(a.shape(), factors), false, 0);
  }

  private static Tensor symmetric(Tensor x) {
    return x.plus(MatrixTranspose.of(x)).times(0.5);
  }

  /** The lower triangle with half its diagonal. */
  private static Tensor halved(Tensor x) {
    return Triangle.of(x, false, 0).plus(Triangle.of(x, false, -1)).times(0.5);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor factor = call.output("y").cast(DataType.FLOAT64);
    Tensor g = call.cotangent().cast(DataType.FLOAT64);
    Tensor p = symmetric(halved(product(Solutions.turned(factor), g, call)));
    Tensor half = Solutions.triangular(factor, TRANSPOSED, p, call);
    Tensor whole = Solutions.triangular(factor, TRANSPOSED, MatrixTranspose.of(half), call);
    return Gradients.of(symmetric(whole).cast(call.cotangent().dataType()));
  }

  private static Tensor product(Stored left, Tensor right, OperatorCall call) {
    return Solutions.times(left, Solutions.plain(right), call);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor factor = factor(call, call.tensor("a"));
    Tensor change = symmetric(call.direction("a").cast(DataType.FLOAT64));
    Tensor half = Solutions.triangular(factor, PLAIN, change, call);
    Tensor whole = Solutions.triangular(factor, PLAIN, MatrixTranspose.of(half), call);
    return Outputs.of(
        product(Solutions.plain(factor), halved(whole), call).cast(call.tensor("a").dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> factor = call.output("y", Tensor.class);
    Variable<Tensor> g = call.cotangent("y", Tensor.class);
    Variable<Tensor> product =
        BilinearAdjoint.towardsB(new MatMul()).call(g, factor, factor.detach());
    Triangle triangle = new Triangle();
    Variable<Tensor> p = triangle.call(product).plus(triangle.call(product, false, -1)).times(0.5);
    return List.of(symmetric(turn(factor, turn(factor, symmetric(p)))));
  }

  private static Variable<Tensor> symmetric(Variable<Tensor> x) {
    return x.plus(new MatrixTranspose().call(x)).times(0.5);
  }

  /** The transpose of {@code L^-T x}. */
  private static Variable<Tensor> turn(Variable<Tensor> factor, Variable<Tensor> x) {
    return new MatrixTranspose()
        .call(new TriangularSolve().call(Arguments.of(factor, x).with("transposed", true)));
  }
}
