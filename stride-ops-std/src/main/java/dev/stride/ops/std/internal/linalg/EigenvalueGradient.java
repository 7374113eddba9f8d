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
 * The gradient {@code V diag(cotangent) V^T} of eigenvalues as an operator of its own, so that it
 * can be differentiated once more.
 *
 * <p>For a cotangent {@code h}, its symmetric part {@code H} and {@code M = V^T H V}, the adjoint
 * is the diagonal of {@code M} for {@code cotangent} and {@code V (F o M) V^T} for {@code a}, where
 * {@code F[i, j] = (c_i - c_j) / (w_i - w_j)} and 0 on the diagonal. Eigenvalues that meet are an
 * error.
 */
final class EigenvalueGradient implements BlockingOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.symmetric-eigenvalues-adjoint")
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
    Spectrum spectrum = Spectrum.of(call, a);
    Tensor g = call.tensor("cotangent").cast(DataType.FLOAT64);
    return Outputs.of(SymmetricEigenvalues.gradient(spectrum, g, call).cast(a.dataType()))
        .saving(spectrum);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Spectrum spectrum = call.saved(Spectrum.class);
    Tensor h = Spectrum.symmetric(call.cotangent().cast(DataType.FLOAT64));
    Tensor m = spectrum.intoBasis(h, call);
    DataType type = call.cotangent().dataType();
    return Gradients.of(
        call.needsGrad("cotangent") ? spectrum.diagonalOf(m).cast(type) : null,
        call.needsGrad("a")
            ? Spectrum.symmetric(spectrum.outOfBasis(coupled(call, spectrum, m), call)).cast(type)
            : null);
  }

  private static Tensor coupled(AdjointCall call, Spectrum spectrum, Tensor m) {
    spectrum.checkGaps(call);
    Tensor c = call.tensor("cotangent").cast(DataType.FLOAT64);
    int n = spectrum.n();
    double[] out = m.toDoubleArray();
    for (int at = 0; at < out.length; at++) {
      int first = at / (n * n) * n;
      int i = first + at / n % n;
      int j = first + at % n;
      out[at] *=
          i == j ? 0 : (c.at(i) - c.at(j)) / (spectrum.values().at(i) - spectrum.values().at(j));
    }
    return Tensor.adopt(m.shape(), out);
  }
}
