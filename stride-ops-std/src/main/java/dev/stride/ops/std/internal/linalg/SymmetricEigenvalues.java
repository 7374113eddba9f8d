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
 * The eigenvalues of symmetric matrices, ascending: {@code numpy.linalg.eigvalsh}.
 *
 * <p>Computes the eigenvalues of {@code (a + a^T) / 2}: the symmetric part of {@code a}, so that
 * gradients are symmetric. With the eigenvectors in the columns of {@code V}, for a cotangent
 * {@code g} the adjoint is {@code V diag(g) V^T}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>[batch..., n, n]<td>any
 *   <tr><td>y (output)<td>[batch..., n]<td>as a
 * </table>
 *
 * <p>Eigenvalues that meet, to 8 n units in the last place of the largest, have no gradient of
 * their own: an error that names them, unless their cotangents are equal, as for the sum of all.
 * Computes in float64 in both types; saves the eigenvalues and eigenvectors in float64. Stateless:
 * one instance serves any number of concurrent calls.
 */
final class SymmetricEigenvalues
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.symmetric-eigenvalues")
          .input("a")
          .output("y")
          .adjointNeeds("a")
          .build();

  static List<Sample> samples() {
    return List.of(
        Sample.of(apart(4, 4)).scaled(0.01),
        Sample.of(apart(2, 1, 3, 3)).scaled(0.01).described("a stack"),
        Sample.of(apart(1, 1)).scaled(0.01).described("one element"),
        Sample.of(apart(3, 3).times(1e6)).scaled(0.01).described("large numbers"),
        Sample.of(apart(2, 3, 3)).scaled(0.01).described("rank 3"),
        Sample.of(apart(3, 3).times(1e-6)).scaled(0.01).described("small numbers"),
        Sample.of(Singles.normal(Shape.of(2, 0, 0))).described("empty"));
  }

  /** Matrices whose eigenvalues keep apart. */
  static Tensor apart(int... extents) {
    double[] values = Tensor.random(Shape.of(extents), DataType.FLOAT64, 28).toDoubleArray();
    int n = extents[extents.length - 1];
    for (int row = 0; row < values.length / n; row++) {
      values[row * n + row % n] += 4 * (row % n) + 1;
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
    Spectrum spectrum = Spectrum.of(call, a);
    return Outputs.of(spectrum.values().cast(a.dataType())).saving(spectrum);
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor g = call.cotangent().cast(DataType.FLOAT64);
    return Gradients.of(
        gradient(call.saved(Spectrum.class), g, call).cast(call.cotangent().dataType()));
  }

  static Tensor gradient(Spectrum spectrum, Tensor g, OperatorCall call) {
    spectrum.checkGaps(call, g);
    return Spectrum.symmetric(spectrum.outOfBasis(spectrum.diagonal(g), call));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Spectrum spectrum = Spectrum.of(call, call.tensor("a"));
    spectrum.checkGaps(call);
    Tensor change = Spectrum.symmetric(call.direction("a").cast(DataType.FLOAT64));
    return Outputs.of(
        spectrum.diagonalOf(spectrum.intoBasis(change, call)).cast(call.tensor("a").dataType()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(
        new EigenvalueGradient().call(call.cotangent("y", Tensor.class), call.input("a")));
  }
}
