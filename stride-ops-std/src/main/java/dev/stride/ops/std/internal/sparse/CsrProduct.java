package dev.stride.ops.std.internal.sparse;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.BilinearOperator;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * The product of a sparse matrix, in compressed rows, and a vector.
 *
 * <p>Computes {@code y[r] = sum over k from starts[r] to starts[r + 1] - 1 of values[k]
 * x[columns[k]]}. For a cotangent {@code g} the adjoint is {@code g[r] x[columns[k]]} for each
 * value, with {@code r} its row, and {@code sum over k with columns[k] = c of values[k] g[r]} for
 * {@code x[c]}. A column may stand twice in a row, and columns in any order.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>values<td>[entry]<td>any
 *   <tr><td>x<td>[column]<td>any
 *   <tr><td>starts (auxiliary)<td>[row + 1]: whole numbers, where each row begins among the
 *       entries, and where the last one ends<td>1
 *   <tr><td>columns (auxiliary)<td>[entry]: whole numbers, the column of each entry<td>1
 *   <tr><td>y (output)<td>[row]<td>unit of values times unit of x
 * </table>
 *
 * <p>Indices are tensors, as those of {@code stride.gather}; give them in float64, since float32
 * rounds whole numbers beyond 2^24. Saves nothing; the adjoint sees the arguments. Indices are
 * checked and kept as integers, 4 bytes each, for as long as somebody holds their tensors; those of
 * the eight matrices used last. The adjoint of x allocates up to eight vectors of its length in
 * float64. Sums in float64 in an order that depends on the matrix only, so results do not depend on
 * threads. Stateless: one instance serves any number of concurrent calls.
 */
final class CsrProduct extends BilinearOperator {

  private final Patterns patterns = new Patterns();

  CsrProduct() {
    super(
        "stride.csr-matvec",
        "values",
        "x",
        Port.auxiliary("starts", Tensor.class),
        Port.auxiliary("columns", Tensor.class));
  }

  static List<Sample> samples() {
    return List.of(
        of(4, new double[] {0, 2, 2, 5}, 0, 3, 1, 2, 3).described("an empty row"),
        of(3, new double[] {0, 3, 4}, 2, 0, 2, 1).described("unsorted, one column twice"),
        of(1, new double[] {0, 1}, 0).described("one entry"),
        of(2, new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, 0, 1, 0, 1, 0, 1).described("tall"),
        of(6, new double[] {0, 2}, 5, 0).described("one row, columns that nobody reads"),
        Sample.of(
                Singles.normal(Shape.of(3)).times(1e6),
                Singles.normal(Shape.of(2)).times(1e-3),
                Tensor.of(0.0, 1, 3),
                Tensor.of(1.0, 0, 1))
            .described("ill-scaled"),
        Sample.of(
                Singles.normal(Shape.of(2)).times(1e-6),
                Singles.normal(Shape.of(2)),
                Tensor.of(0.0, 1, 2),
                Tensor.of(1.0, 0))
            .described("small numbers"));
  }

  private static Sample of(int width, double[] starts, double... columns) {
    return Sample.of(
        Singles.normal(Shape.of(columns.length)),
        Singles.normal(Shape.of(width)).plus(0.25),
        Tensor.of(starts),
        Tensor.of(columns));
  }

  @Override
  protected void check(OperatorCall call, Tensor values, Tensor x) {
    requireVector(call, "values", values);
    requireVector(call, "x", x);
    requireVector(call, "starts", call.tensor("starts"));
    requireVector(call, "columns", call.tensor("columns"));
    int entries = call.tensor("columns").size();
    if (values.size() != entries) {
      throw Operands.wrong(
          call,
          "`values` has "
              + values.size()
              + " entries but `columns` "
              + entries
              + "; there must be one column for each value. Correct one of them.");
    }
  }

  private static void requireVector(OperatorCall call, String port, Tensor tensor) {
    if (tensor.shape().rank() != 1) {
      throw Operands.wrong(
          call,
          "`" + port + "` has shape " + tensor.shape() + "; it must be a vector. Reshape it.");
    }
  }

  @Override
  protected Tensor product(OperatorCall call, Tensor values, Tensor x) {
    return patterns.of(call, x.size()).product(values, x, call.parallel());
  }

  @Override
  protected Tensor towardsA(OperatorCall call, Tensor cotangent, Tensor x, Shape values) {
    return patterns.of(call, x.size()).outer(cotangent, x, call.parallel());
  }

  @Override
  protected Tensor towardsB(OperatorCall call, Tensor cotangent, Tensor values, Shape x) {
    return patterns.of(call, x.size()).transposed(values, cotangent, call.parallel());
  }

  @Override
  protected long work(Shape values, Shape x) {
    return 4L * Math.max(values.size(), x.size());
  }
}
