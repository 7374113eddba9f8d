package dev.stride.ops.std.internal.linalg;

import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What determinants and their logarithms have in common: LU factors, and gradients that are
 * multiples of {@code a^-T}.
 */
abstract class Determinants
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(3, 3)),
        Sample.of(MatrixTranspose.of(Wells.matrices(4, 4)).unaryMinus()).described("negative"),
        Sample.of(Wells.matrices(2, 1, 2, 2)).described("a stack"),
        Sample.of(Wells.matrices(1, 1)).described("one element"),
        Sample.of(Wells.matrices(3, 3).times(1e-3)).described("small numbers"),
        Sample.of(Wells.matrices(2, 3, 3)).described("rank 3"),
        Sample.of(Wells.matrices(3, 3).times(1e6)).described("large numbers"),
        Sample.of(Wells.matrices(3, 3).times(1e-6)).described("smaller numbers"),
        Sample.of(Singles.normal(Shape.of(2, 0, 0))).described("empty"));
  }

  /** The value of each matrix, in float64. */
  static Tensor each(Factors factors, IntToDoubleFunction value) {
    Shape batch = Stacks.batch(factors.shape());
    double[] values = new double[batch.size()];
    Arrays.setAll(values, value);
    return Tensor.adopt(batch, values);
  }

  /** The gradient {@code factor * a^-T} of each matrix. */
  static Tensor gradient(Factors factors, Tensor factor, OperatorCall call) {
    double[] values = factors.checked(call, "a").inverseTransposed(call).toDoubleArray();
    int size = Math.max(1, factors.n() * factors.n());
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor.at(i / size);
    }
    return Tensor.adopt(factors.shape(), values);
  }

  /** {@code factor * trace(a^-1 change)} of each matrix. */
  static Tensor trace(Factors factors, Tensor factor, Tensor change, OperatorCall call) {
    double[] products =
        gradient(factors, factor, call).times(change.cast(DataType.FLOAT64)).toDoubleArray();
    int size = factors.n() * factors.n();
    return each(factors, i -> Arrays.stream(products, i * size, (i + 1) * size).sum());
  }

  static Factors factors(OperatorCall call) {
    Tensor a = call.tensor("a");
    Squares.check(call, "a", a.shape());
    return Factors.of(a, call);
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Weight.COMPUTE;
  }
}
