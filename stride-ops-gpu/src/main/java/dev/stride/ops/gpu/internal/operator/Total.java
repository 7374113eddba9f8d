package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.FusibleOperator;
import dev.stride.api.Fusion;
import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum or the mean over axes, on a device; of ports and meaning as {@code stride.sum} and {@code
 * stride.mean} of the standard pack. For a cotangent {@code g} the adjoint is {@code g} at every
 * element, for the mean {@code g / n}. Saves shapes. Stateless.
 */
final class Total extends LinearOperator implements FusibleOperator<Tensor> {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code DIVIDED = new Code("g / length", List.of("g"), List.of("length"));

  private final boolean divides;
  private final Reduction sums;
  private final Elements elements;

  private Total(String name, boolean divides, ComputeDevice device) {
    super(name, device, AxesPorts.axes(), AxesPorts.keepdims());
    this.divides = divides;
    this.sums = new Reduction(device, name);
    this.elements = new Elements(device, name + " (adjoint)");
  }

  static Total sum(ComputeDevice device) {
    return new Total("stride.sum", false, device);
  }

  static Total mean(ComputeDevice device) {
    return new Total("stride.mean", true, device);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23)),
        Sample.of(Domain.ALL.of(Shape.of(4, 7), 23), 0).described("columns"),
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 5), 23), List.of(0, -1), true).described("kept"),
        Sample.of(Domain.ALL.of(Shape.SCALAR, 23)),
        Sample.of(Domain.ALL.of(Shape.of(1000), 23)).described("in parts"));
  }

  @Override
  public @Nullable FormulaTotal fuse(Fusion fusion) {
    Formula formula = JoinedFormulas.ofAllButLast(fusion);
    return formula == null ? null : new FormulaTotal(formula, divides, device());
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    Axes axes = AxesPorts.of(call, x);
    return new Reduced(axes, divides ? axes.length() : 1);
  }

  private final class Reduced implements LinearMap {

    private final Axes axes;
    private final double divisor;

    Reduced(Axes axes, double divisor) {
      this.axes = axes;
      this.divisor = divisor;
    }

    @Override
    public Tensor forward(Tensor x) {
      return sums.compute(ITSELF, axes, divisor, List.of(x));
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      Tensor kept = cotangent.reshape(axes.kept());
      return elements.compute(DIVIDED, axes.from(), List.of(kept), divisor);
    }
  }
}
