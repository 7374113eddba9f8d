package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gaussian weights along each axis, on a device; of ports and meaning as {@code
 * stride.gaussian-smooth} of the standard pack. The adjoint takes the transposed weights. Saves the
 * weights. Stateless.
 */
final class GaussianSmooth extends LinearOperator {

  /** Weights reach to this many standard deviations, where they are 3e-4 of the middle one. */
  private static final double REACH = 4;

  private final AlongAxis along;

  GaussianSmooth(ComputeDevice device) {
    super("stride.gaussian-smooth", device, Port.auxiliary("sigma", Number.class).variadic());
    this.along = new AlongAxis(device, "stride.gaussian-smooth");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(9, 12), 23), 1.5),
        Sample.of(Domain.ALL.of(Shape.of(5, 4, 7), 23), 0.8, 0, 2.5)
            .described("one sigma per axis"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    List<Number> given = call.values("sigma", Number.class);
    if (given.isEmpty() || (given.size() != 1 && given.size() != x.rank())) {
      throw Operands.wrong(
          call,
          "`sigma` has "
              + given.size()
              + " numbers, but `x` has shape "
              + x
              + ". Give one for all axes, or one per axis.");
    }
    double[] sigma = new double[x.rank()];
    for (int axis = 0; axis < sigma.length; axis++) {
      sigma[axis] = given.get(given.size() == 1 ? 0 : axis).doubleValue();
      if (!(sigma[axis] >= 0) || Double.isInfinite(sigma[axis])) {
        throw Operands.wrong(
            call, "`sigma` is " + sigma[axis] + " points; it must be finite and not negative.");
      }
    }
    List<Optional<SparseMatrix>> matrices = new ArrayList<>();
    for (int axis = 0; axis < sigma.length; axis++) {
      matrices.add(matrix(x.extent(axis), sigma[axis]));
    }
    return new AxisMatrices(along, x.rank(), matrices);
  }

  /** Rows are divided by the sum of the weights that fall inside. */
  private static Optional<SparseMatrix> matrix(int extent, double sigma) {
    int reach = (int) Math.min(Math.ceil(REACH * sigma), Math.max(0, extent - 1));
    if (reach == 0) {
      return Optional.empty();
    }
    return Optional.of(SparseMatrix.of(extent, extent, i -> row(i, extent, reach, sigma)));
  }

  private static Row row(int i, int extent, int reach, double sigma) {
    int first = Math.max(0, i - reach);
    int last = Math.min(extent - 1, i + reach);
    double sum = 0;
    for (int k = first; k <= last; k++) {
      sum += weight(k - i, sigma);
    }
    Row row = new Row();
    for (int k = first; k <= last; k++) {
      row.add(k, weight(k - i, sigma) / sum);
    }
    return row;
  }

  private static double weight(int distance, double sigma) {
    return Math.exp(-0.5 * (distance / sigma) * (distance / sigma));
  }
}
