package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * A function {@code y = f(x, h)} on a device of each sample of traces and of their {@linkplain
 * HilbertTransform Hilbert transform} {@code h = H x}.
 *
 * <p>For a cotangent {@code g} the gradient is {@code g df/dx - H (g df/dh)}, as H is
 * antisymmetric.
 */
public final class AnalyticFunction {

  private static final Code SUM = Code.of("a + b", "a", "b");

  private final Analytic analytic;
  private final Elements elements;
  private final Code value;
  private final Code alongX;
  private final Code alongH;

  /**
   * A function.
   *
   * @param value in terms of {@code x} and {@code h}
   * @param alongX {@code g} times the slope along x, in terms of {@code g}, {@code x}, {@code h}
   * @param alongH {@code g} times the slope along h
   */
  AnalyticFunction(
      ComputeDevice device,
      Tables tables,
      String operator,
      String value,
      String alongX,
      String alongH) {
    this.analytic = new Analytic(device, tables, operator);
    this.elements = new Elements(device, operator);
    this.value = Code.of(value, "x", "h");
    this.alongX = Code.of(alongX, "g", "x", "h");
    this.alongH = Code.of(alongH, "g", "x", "h");
  }

  /** The envelope, {@code sqrt(x^2 + h^2)}; slopes are 0 where it is. */
  public static AnalyticFunction envelope(ComputeDevice device, Tables tables, String operator) {
    return new AnalyticFunction(
        device,
        tables,
        operator,
        "hypot(x, h)",
        "hypot(x, h) == 0 ? 0 : g * (x / hypot(x, h))",
        "hypot(x, h) == 0 ? 0 : g * (h / hypot(x, h))");
  }

  /** The angle {@code atan2(h, x)}. */
  static AnalyticFunction phase(ComputeDevice device, Tables tables, String operator) {
    return new AnalyticFunction(
        device,
        tables,
        operator,
        "atan2(h, x)",
        "g * -(h / hypot(x, h) / hypot(x, h))",
        "g * (x / hypot(x, h) / hypot(x, h))");
  }

  /** The Hilbert transform of traces. */
  Tensor transform(Tensor x) {
    return analytic.imaginary(x, 1);
  }

  /** The function of traces. */
  public Tensor of(Tensor x) {
    try (Scratch scratch = new Scratch()) {
      return of(x, scratch.keep(transform(x)));
    }
  }

  Tensor of(Tensor x, Tensor h) {
    return elements.compute(value, x.shape(), List.of(x, h));
  }

  /** The gradient along x for a cotangent of the function. */
  public Tensor gradient(Tensor x, Tensor cotangent) {
    try (Scratch scratch = new Scratch()) {
      List<Tensor> operands = List.of(cotangent, x, scratch.keep(transform(x)));
      Tensor direct = scratch.keep(elements.compute(alongX, x.shape(), operands));
      Tensor across = scratch.keep(elements.compute(alongH, x.shape(), operands));
      Tensor turned = scratch.keep(analytic.imaginary(across, -1));
      return elements.compute(SUM, x.shape(), List.of(direct, turned));
    }
  }

  /** The change of the function along a direction of x. */
  public Tensor change(Tensor x, Tensor direction) {
    try (Scratch scratch = new Scratch()) {
      Tensor h = scratch.keep(transform(x));
      Tensor turned = scratch.keep(transform(direction));
      Tensor direct = scratch.keep(elements.compute(alongX, x.shape(), List.of(direction, x, h)));
      Tensor across = scratch.keep(elements.compute(alongH, x.shape(), List.of(turned, x, h)));
      return elements.compute(SUM, x.shape(), List.of(direct, across));
    }
  }
}
