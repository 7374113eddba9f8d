package dev.stride.ops.std.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The determinant of matrices: {@code numpy.linalg.det}.
 *
 * <p>Computes {@code y = det a}, the product of the pivots with the sign of the row exchanges. For
 * a cotangent {@code g} the adjoint is {@code g y a^-T}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]<td>any
 *   <tr><td>y (output)<td>[batch...]; 1 for matrices of no elements<td>unit of a to the power n
 * </table>
 *
 * <p>0 for a singular matrix, whose gradient is an error that names it. Beyond the range of the
 * type it is 0 or infinite: see stride.logdet. Computes in float64 in both types; saves the
 * factors, as large as a in float64. Stateless: one instance serves any number of concurrent calls.
 */
final class Determinant extends Determinants {

  private static final Signature SIGNATURE =
      Signature.named("stride.determinant")
          .input("a")
          .output("y")
          .adjointNeeds("a")
          .keepsOutputs("y")
          .build();

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Factors factors = factors(call);
    return Outputs.of(value(factors).cast(call.tensor("a").dataType())).saving(factors);
  }

  private static Tensor value(Factors factors) {
    return each(
        factors,
        i -> {
          double product = factors.sign(i);
          for (int k = 0; k < factors.n(); k++) {
            product *= Math.abs(factors.pivot(i, k));
          }
          return product;
        });
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Factors factors = call.saved(Factors.class);
    Tensor factor = value(factors).times(call.cotangent().cast(DataType.FLOAT64));
    return Gradients.of(gradient(factors, factor, call).cast(call.cotangent().dataType()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Factors factors = factors(call);
    return Outputs.of(
        trace(factors, value(factors), call.direction("a"), call)
            .cast(call.tensor("a").dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> factor =
        call.cotangent("y", Tensor.class).times(call.output("y", Tensor.class));
    return List.of(new ScaledMatrices().call(factor, Inverse.transposed().call(call.input("a"))));
  }
}
