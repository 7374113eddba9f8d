package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import java.util.List;

/**
 * The lower or upper triangle of matrices, zeros elsewhere, on a device; of ports and meaning as
 * {@code stride.triangle} of the standard pack. The adjoint is the same triangle of the cotangent.
 * Saves shapes. Stateless.
 */
final class Triangle extends LinearOperator {

  private static final Code KEPT = Code.of("inside == 0 ? 0 : x", "x", "inside");

  private final ComputeDevice device;
  private final Elements elements;

  Triangle(ComputeDevice device) {
    super(
        "stride.triangle",
        device,
        Port.auxiliary("upper", Boolean.class).optional(),
        Port.auxiliary("diagonal", Number.class).optional());
    this.device = device;
    this.elements = new Elements(device, "stride.triangle");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 4), 23)),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 5), 23), true, -1).described("upper, a stack"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() < 2) {
      throw Operands.wrong(
          call,
          "`x` has shape " + x + "; it must be [batch..., m, n]. Reshape it before the call.");
    }
    boolean upper = call.has("upper") && call.value("upper", Boolean.class);
    return new Masked(x, upper, call.integer("diagonal", 0));
  }

  private final class Masked implements LinearMap {

    private final int rows;
    private final int columns;
    private final boolean upper;
    private final int diagonal;

    Masked(Shape x, boolean upper, int diagonal) {
      this.rows = x.extent(-2);
      this.columns = x.extent(-1);
      this.upper = upper;
      this.diagonal = diagonal;
    }

    @Override
    public Tensor forward(Tensor x) {
      float[] inside = new float[rows * columns];
      for (int i = 0; i < inside.length; i++) {
        long above = (long) (i % columns) - i / columns - diagonal;
        inside[i] = (upper ? above >= 0 : above <= 0) ? 1 : 0;
      }
      Tensor mask = Tensor.adopt(Shape.of(rows, columns), inside).cast(x.dataType());
      try (Scratch scratch = new Scratch()) {
        return elements.compute(KEPT, x.shape(), List.of(x, scratch.keep(device.upload(mask))));
      }
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return forward(cotangent);
    }
  }
}
