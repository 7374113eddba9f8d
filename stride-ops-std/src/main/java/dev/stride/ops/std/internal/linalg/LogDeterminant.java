package dev.stride.ops.std.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm of the determinant of matrices, and its sign: {@code numpy.linalg.slogdet}.
 *
 * <p>Computes {@code y = log |det a|}, the sum of the logarithms of the pivots, and the sign of the
 * determinant. For a cotangent {@code g} of {@code y} the adjoint is {@code g a^-T}; the sign is
 * constant and has none.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]<td>1
 *   <tr><td>y (output)<td>[batch...]; 0 for matrices of no elements<td>1
 *   <tr><td>sign (output)<td>[batch...]; 1, -1, or 0 for a singular matrix<td>1
 * </table>
 *
 * <p>Negative infinity for a singular matrix, whose gradient is an error that names it. Computes in
 * float64 in both types; saves the factors, as large as a in float64. Stateless: one instance
 * serves any number of concurrent calls.
 */
final class LogDeterminant extends Determinants {

  private static final Signature SIGNATURE =
      Signature.named("stride.logdet")
          .input("a")
          .output("y")
          .output("sign")
          .adjointNeeds("a")
          .build();

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Factors factors = factors(call);
    DataType type = call.tensor("a").dataType();
    return Outputs.of(
            each(factors, i -> logarithm(factors, i)).cast(type),
            each(factors, factors::sign).cast(type))
        .saving(factors);
  }

  private static double logarithm(Factors factors, int matrix) {
    double sum = 0;
    for (int k = 0; k < factors.n(); k++) {
      sum += Math.log(Math.abs(factors.pivot(matrix, k)));
    }
    return sum;
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor factor = call.cotangent().cast(DataType.FLOAT64);
    return Gradients.of(
        gradient(call.saved(Factors.class), factor, call).cast(call.cotangent().dataType()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Factors factors = factors(call);
    DataType type = call.tensor("a").dataType();
    Tensor ones = each(factors, i -> 1);
    return Outputs.of(
        trace(factors, ones, call.direction("a"), call).cast(type),
        Tensor.zeros(ones.shape(), type));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(
        new ScaledMatrices()
            .call(call.cotangent("y", Tensor.class), Inverse.transposed().call(call.input("a"))));
  }
}
