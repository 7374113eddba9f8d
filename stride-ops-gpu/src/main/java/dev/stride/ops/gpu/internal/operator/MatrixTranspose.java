package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.List;

/**
 * Matrices with rows and columns exchanged, on a device; of ports and meaning as {@code
 * stride.matrix-transpose} of the standard pack. Saves shapes. Stateless.
 */
final class MatrixTranspose extends LinearOperator {

  private final Views views;

  MatrixTranspose(ComputeDevice device) {
    super("stride.matrix-transpose", device);
    this.views = new Views(device, "stride.matrix-transpose");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(3, 4), 23)),
        Sample.of(Domain.ALL.of(Shape.of(2, 1, 3, 2), 23)).described("a stack"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() < 2) {
      throw Operands.wrong(
          call,
          "`x` has shape " + x + "; it must be [batch..., m, n]. Reshape it before the call.");
    }
    return new Turned();
  }

  private final class Turned implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      int rank = x.shape().rank();
      int[] extents = x.shape().toArray();
      int[] strides = Views.rowMajor(x.shape());
      exchange(extents, rank);
      exchange(strides, rank);
      return views.copy(x, Shape.of(extents), 0, strides);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return forward(cotangent);
    }

    private static void exchange(int[] numbers, int rank) {
      int last = numbers[rank - 1];
      numbers[rank - 1] = numbers[rank - 2];
      numbers[rank - 2] = last;
    }
  }
}
