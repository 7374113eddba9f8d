package dev.stride.ops.std.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;

/**
 * The gradient {@code U diag(cotangent) V^T} of singular values as an operator of its own, so that
 * it can be differentiated once more.
 *
 * <p>For a cotangent {@code H} and {@code M = U^T H V}, the adjoint is the diagonal of {@code M}
 * for {@code cotangent}. For {@code a} it is {@code U P V^T}, where {@code P} is the symmetric part
 * of M times {@code (c_i - c_j) / (s_i - s_j)}, 0 on the diagonal, and its antisymmetric part times
 * {@code (c_i + c_j) / (s_i + s_j)}; for a matrix that is not square with the part of H outside of
 * the shorter side's vectors times {@code c_i / s_i}. Singular values that meet or vanish are an
 * error.
 */
final class SingularValueGradient implements BlockingOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.singular-values-adjoint")
          .input("cotangent")
          .input("a")
          .output("y")
          .linearIn("cotangent")
          .adjointNeeds("cotangent")
          .build();

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    SingularSystem system = SingularSystem.of(call, a);
    Tensor g = call.tensor("cotangent").cast(DataType.FLOAT64);
    return Outputs.of(SingularValues.gradient(system, g, call).cast(a.dataType())).saving(system);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    SingularSystem system = call.saved(SingularSystem.class);
    Tensor h = call.cotangent().cast(DataType.FLOAT64);
    Tensor m = system.intoBasis(h, call);
    DataType type = call.cotangent().dataType();
    return Gradients.of(
        call.needsGrad("cotangent") ? system.diagonalOf(m).cast(type) : null,
        call.needsGrad("a") ? towardsMatrix(call, system, h, m).cast(type) : null);
  }

  private static Tensor towardsMatrix(AdjointCall call, SingularSystem system, Tensor h, Tensor m) {
    system.checkGaps(call);
    Tensor c = call.tensor("cotangent").cast(DataType.FLOAT64);
    return system
        .outOfBasis(coupled(system.values(), c, m), call)
        .plus(system.outside(h, c.div(system.values()), call));
  }

  private static Tensor coupled(Tensor s, Tensor c, Tensor m) {
    int k = s.shape().extent(-1);
    double[] out = new double[m.size()];
    for (int at = 0; at < out.length; at++) {
      int first = at / (k * k) * k;
      int i = first + at / k % k;
      int j = first + at % k;
      double across = m.at(i * k + j - first);
      double back = m.at(j * k + i - first);
      double alike = i == j ? 0 : (c.at(i) - c.at(j)) / (s.at(i) - s.at(j));
      double opposite = (c.at(i) + c.at(j)) / (s.at(i) + s.at(j));
      out[at] = alike * (across + back) / 2 + opposite * (across - back) / 2;
    }
    return Tensor.adopt(m.shape(), out);
  }
}
