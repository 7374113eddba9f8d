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
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The singular values of matrices, descending: {@code numpy.linalg.svdvals}.
 *
 * <p>With {@code k = min(m, n)} and {@code a = U diag(y) V^T}, U and V of k orthonormal columns
 * each, computes {@code y}. For a cotangent {@code g} the adjoint is {@code U diag(g) V^T}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., m, n]<td>any
 *   <tr><td>y (output)<td>[batch..., k]<td>as a
 * </table>
 *
 * <p>Singular values that meet, to 8 (m + n) units in the last place of the largest, and one that
 * vanishes, have no gradient of their own: an error that names them, unless the cotangents of those
 * that meet are equal and that of one that vanishes is 0. Computes in float64 in both types; saves
 * the decomposition in float64. Stateless: one instance serves any number of concurrent calls.
 */
final class SingularValues
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.singular-values").input("a").output("y").adjointNeeds("a").build();

  static List<Sample> samples() {
    return List.of(
        Sample.of(apart(4, 4)).scaled(0.01),
        Sample.of(apart(3, 5)).scaled(0.01).described("wide"),
        Sample.of(apart(6, 2)).scaled(0.01).described("tall"),
        Sample.of(apart(2, 1, 3, 3)).scaled(0.01).described("a stack"),
        Sample.of(apart(1, 1)).scaled(0.01).described("one element"),
        Sample.of(apart(1, 7)).scaled(0.01).described("one row"),
        Sample.of(Singles.normal(Shape.of(0, 3))).described("no rows"),
        Sample.of(apart(3, 3).times(1e6)).scaled(0.01).described("large numbers"),
        Sample.of(apart(4, 3).times(1e-6)).scaled(0.01).described("small numbers"),
        Sample.of(apart(2, 3, 4)).scaled(0.01).described("rank 3"));
  }

  /** Matrices whose singular values keep apart, and away from 0. */
  private static Tensor apart(int... extents) {
    double[] values = Singles.normal(Shape.of(extents)).toDoubleArray();
    int rows = extents[extents.length - 2];
    int columns = extents[extents.length - 1];
    for (int at = 0; at < values.length; at++) {
      int i = at / columns % rows;
      values[at] = 0.4 * values[at] + (i == at % columns ? 3 * i + 2 : 0);
    }
    return Tensor.adopt(Shape.of(extents), values);
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    SingularSystem system = SingularSystem.of(call, a);
    return Outputs.of(system.values().cast(a.dataType())).saving(system);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor g = call.cotangent().cast(DataType.FLOAT64);
    return Gradients.of(
        gradient(call.saved(SingularSystem.class), g, call).cast(call.cotangent().dataType()));
  }

  static Tensor gradient(SingularSystem system, Tensor g, OperatorCall call) {
    system.checkGaps(call, g);
    return system.matrix(g, call);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    SingularSystem system = SingularSystem.of(call, call.tensor("a"));
    system.checkGaps(call);
    Tensor change = call.direction("a").cast(DataType.FLOAT64);
    return Outputs.of(
        system.diagonalOf(system.intoBasis(change, call)).cast(call.tensor("a").dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(
        new SingularValueGradient().call(call.cotangent("y", Tensor.class), call.input("a")));
  }
}
