package dev.stride.ops.std.internal.linalg;

import dev.stride.api.AdjointCall;
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
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inverse of matrices, or its transpose: {@code numpy.linalg.inv}.
 *
 * <p>Computes {@code y = a^-1} by solving {@code a y = 1}. For a cotangent {@code g} the adjoint is
 * {@code -y^T g y^T}; that of the transposed inverse is {@code -y g^T y}. To multiply by an
 * inverse, stride.solve is faster and loses fewer digits.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]<td>any
 *   <tr><td>y (output)<td>as a<td>1 over that of a
 * </table>
 *
 * <p>A matrix with a pivot of zero is an error that names it. Computes in float64 in both types;
 * keeps its output. Stateless: one instance serves any number of concurrent calls.
 */
final class Inverse
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private final boolean transposed;
  private final Signature signature;

  Inverse() {
    this("stride.inverse", false);
  }

  private Inverse(String name, boolean transposed) {
    this.transposed = transposed;
    this.signature =
        Signature.named(name).input("a").output("y").adjointNeeds().keepsOutputs("y").build();
  }

  /** {@code a^-T}, for gradients of gradients. */
  static Inverse transposed() {
    return new Inverse("stride.inverse-transposed", true);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(4, 4)),
        Sample.of(Wells.matrices(2, 1, 3, 3)).described("a stack"),
        Sample.of(Wells.matrices(1, 1)).described("one element"),
        Sample.of(Wells.matrices(3, 3).times(1e6)).described("large numbers"),
        Sample.of(Wells.matrices(2, 3, 3)).described("rank 3"),
        Sample.of(Wells.matrices(3, 3).times(1e-6)).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(2, 0, 0))).described("empty"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    Squares.check(call, "a", a.shape());
    return Outputs.of(inverse(call, a).cast(a.dataType()));
  }

  private Tensor inverse(OperatorCall call, Tensor a) {
    return Factors.of(a, call)
        .checked(call, "a")
        .solve(Solutions.identities(a.shape()), transposed, call);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor y = call.output("y").cast(DataType.FLOAT64);
    Stored g = Solutions.plain(call.cotangent().cast(DataType.FLOAT64));
    return Gradients.of(
        around(
                transposed ? Solutions.plain(y) : Solutions.turned(y),
                transposed ? g.turned() : g,
                call)
            .unaryMinus()
            .cast(call.cotangent().dataType()));
  }

  private static Tensor around(Stored outside, Stored inside, OperatorCall call) {
    Tensor left = Solutions.times(outside, inside, call);
    return Solutions.times(Solutions.plain(left), outside, call);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Stored y = Solutions.plain(inverse(call, call.tensor("a")));
    Stored change = Solutions.plain(call.direction("a").cast(DataType.FLOAT64));
    return Outputs.of(
        around(y, transposed ? change.turned() : change, call)
            .unaryMinus()
            .cast(call.tensor("a").dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> y = call.output("y", Tensor.class);
    Variable<Tensor> g = call.cotangent("y", Tensor.class);
    MatMul product = new MatMul();
    MatrixTranspose transpose = new MatrixTranspose();
    Variable<Tensor> outside = transposed ? y : transpose.call(y);
    Variable<Tensor> inside = transposed ? transpose.call(g) : g;
    return List.of(product.call(product.call(outside, inside), outside).unaryMinus());
  }
}
