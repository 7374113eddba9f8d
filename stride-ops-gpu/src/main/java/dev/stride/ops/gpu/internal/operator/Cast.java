package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.List;

/**
 * A tensor in another type, on a device; of ports and meaning as {@code stride.cast} of the
 * standard pack. The adjoint is the cotangent in the type of {@code x}. Saves two types. Stateless.
 */
final class Cast extends LinearOperator {

  private final Views views;

  Cast(ComputeDevice device) {
    super("stride.cast", device, Port.auxiliary("type", DataType.class));
    this.views = new Views(device, "stride.cast");
  }

  /** To float64, which is exact from either type; differences could not tell a rounded one. */
  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23), DataType.FLOAT64),
        Sample.of(Domain.ALL.of(Shape.of(0, 3), 23), DataType.FLOAT64).described("empty"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    throw new IllegalStateException("a cast depends on the type of its argument");
  }

  @Override
  LinearMap map(Tensor x, OperatorCall call) {
    return new Typed(x.dataType(), call.value("type", DataType.class));
  }

  private final class Typed implements LinearMap {

    private final DataType original;
    private final DataType type;

    Typed(DataType original, DataType type) {
      this.original = original;
      this.type = type;
    }

    @Override
    public Tensor forward(Tensor x) {
      return views.cast(x, type);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return views.cast(cotangent, original);
    }
  }
}
