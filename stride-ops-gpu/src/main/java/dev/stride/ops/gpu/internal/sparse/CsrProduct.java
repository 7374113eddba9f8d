package dev.stride.ops.gpu.internal.sparse;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.BilinearOperator;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Operands;
import java.util.List;

/**
 * The product of a sparse matrix, in compressed rows, and a vector, on a device; of ports and
 * meaning as {@code stride.csr-matvec} of the standard pack.
 *
 * <p>Indices are read from the device to be checked, the first time that their tensors are seen,
 * and kept there as integers for as long as somebody holds the tensors; those of the eight matrices
 * used last. Sums have the order of the entries, without atomics. Saves nothing; the adjoint sees
 * the arguments.
 */
final class CsrProduct extends BilinearOperator {

  private final EntryProducts products;
  private final Patterns patterns;

  CsrProduct(ComputeDevice device) {
    super(
        "stride.csr-matvec",
        device,
        "values",
        "x",
        Port.auxiliary("starts", Tensor.class),
        Port.auxiliary("columns", Tensor.class));
    this.products = new EntryProducts(device, "stride.csr-matvec");
    this.patterns = new Patterns(device);
  }

  static List<Sample> samples() {
    return List.of(
        of(4, new double[] {0, 2, 2, 5}, 0, 3, 1, 2, 3).described("an empty row"),
        of(3, new double[] {0, 3, 4}, 2, 0, 2, 1).described("unsorted, one column twice"));
  }

  private static Sample of(int width, double[] starts, double... columns) {
    return Sample.of(
        Domain.ALL.of(Shape.of(columns.length), 23),
        Domain.ALL.of(Shape.of(width), 23).plus(0.25),
        Tensor.of(starts),
        Tensor.of(columns));
  }

  @Override
  protected Bilinear bilinear(OperatorCall call, Tensor values, Tensor x) {
    requireVector(call, "values");
    requireVector(call, "x");
    requireVector(call, "starts");
    requireVector(call, "columns");
    int entries = call.tensor("columns").size();
    int given = call.tensor("values").size();
    if (given != entries) {
      throw Operands.wrong(
          call,
          "`values` has "
              + given
              + " entries but `columns` "
              + entries
              + "; there must be one column for each value. Correct one of them.");
    }
    return new OfPattern(patterns.of(call, call.tensor("x").size()));
  }

  private static void requireVector(OperatorCall call, String port) {
    Shape shape = call.tensor(port).shape();
    if (shape.rank() != 1) {
      throw Operands.wrong(
          call, "`" + port + "` has shape " + shape + "; it must be a vector. Reshape it.");
    }
  }

  private final class OfPattern implements Bilinear {

    private final Pattern pattern;

    OfPattern(Pattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public Tensor product(Tensor values, Tensor x) {
      return products.sums(pattern.rows(), values, x);
    }

    @Override
    public Tensor towardsA(Tensor cotangent, Tensor x) {
      return products.sums(pattern.entries(), cotangent, x);
    }

    @Override
    public Tensor towardsB(Tensor cotangent, Tensor values) {
      return products.sums(pattern.columns(), values, cotangent);
    }
  }
}
