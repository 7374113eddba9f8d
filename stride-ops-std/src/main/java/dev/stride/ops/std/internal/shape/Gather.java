package dev.stride.ops.std.internal.shape;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * Slabs of a tensor along an axis, picked by their indices: {@code numpy.take}.
 *
 * <p>Computes {@code y[..., i, ...] = x[..., indices[i], ...]}, where {@code i} has as many axes as
 * the indices. For a cotangent {@code g} the adjoint adds each slab of {@code g} to the slab that
 * it was picked from; see {@link ScatterAdd}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any but []<td>any
 *   <tr><td>indices (auxiliary)<td>any; whole numbers from -n to n - 1 for an axis of extent n,
 *       negative ones count from the end; either type, float64 from n = 2^24 on<td>points
 *   <tr><td>axis (optional, auxiliary)<td>whole number, default 0; negative ones count from the
 *       last axis<td>1
 *   <tr><td>y (output)<td>as x, with the shape of the indices in place of the axis<td>as x
 * </table>
 *
 * <p>Saves shapes and the indices, four bytes each. The adjoint adds in float64, compensated, in
 * the order of the indices; its workspace is two float64 numbers for each element of x behind the
 * axis and along it. Stateless: one instance serves any number of concurrent calls.
 */
final class Gather extends LinearOperator {

  Gather() {
    super(
        "stride.gather",
        Port.auxiliary("indices", Tensor.class),
        Port.auxiliary("axis", Number.class).optional());
  }

  static List<Sample> samples() {
    Tensor few = Tensor.of(2.0, 0.0, 2.0, -1.0);
    return List.of(
        Sample.of(Singles.normal(Shape.of(5, 3)), few).described("indices that repeat"),
        Sample.of(Singles.normal(Shape.of(2, 4, 3)), few, 1).described("middle axis"),
        Sample.of(Singles.normal(Shape.of(2, 5)), Tensor.of(Shape.of(2, 2), 4.0, 1, 1, 0), -1)
            .described("indices of two axes"),
        Sample.of(Singles.normal(Shape.of(3, 4)), Tensor.scalar(1.0)).described("one slab"),
        Sample.of(Singles.normal(Shape.of(1)), Tensor.of(0.0)).described("one element"),
        Sample.of(Singles.normal(Shape.of(7)).times(1e6), sixes())
            .described("large numbers, many times"),
        Sample.of(Singles.normal(Shape.of(3, 0)), few).described("empty"),
        Sample.of(Singles.normal(Shape.of(2, 3, 2, 2)), few, 1).described("rank 4"),
        Sample.of(Singles.normal(Shape.of(3, 2)).times(1e-6), few).described("small numbers"));
  }

  private static Tensor sixes() {
    return Tensor.full(Shape.of(31), 6, DataType.FLOAT64);
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    return IndexTensor.read(x, call);
  }
}
