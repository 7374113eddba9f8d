package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.LinearMap;
import dev.stride.ops.gpu.internal.operator.LinearOperator;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Butterworth filter of traces, causal or without a delay, on a device; of ports and meaning as
 * {@code stride.butterworth} of the standard pack. The adjoint is the filter run backward in time;
 * without a delay it is the filter itself. Saves the coefficients. Stateless.
 */
final class ButterworthFilter extends LinearOperator {

  private static final int DEFAULT_ORDER = 4;
  private static final int MAX_ORDER = 20;

  private final Recursions recursions;

  ButterworthFilter(ComputeDevice device) {
    super(
        "stride.butterworth",
        device,
        Port.auxiliary("timeStep", Number.class),
        Port.auxiliary("low", Number.class).optional(),
        Port.auxiliary("high", Number.class).optional(),
        Port.auxiliary("order", Number.class).optional(),
        Port.auxiliary("zeroPhase", Boolean.class).optional());
    this.recursions = new Recursions(device, "stride.butterworth");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(2, 3, 64), 23), 1.0)
            .with("low", 0.02)
            .with("high", 0.1)
            .described("band-pass"),
        Sample.of(Domain.ALL.of(Shape.of(33), 23), 1.0)
            .with("high", 0.2)
            .with("order", 3)
            .with("zeroPhase", true)
            .described("low-pass without delay"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    if (x.rank() == 0) {
      throw Operands.wrong(
          call, "`x` is a scalar; its last axis must be time. Give at least one trace.");
    }
    double timeStep = call.number("timeStep");
    if (!(timeStep > 0)) {
      throw Operands.wrong(call, "`timeStep` is " + timeStep + " s; it must be positive.");
    }
    Double low = fraction(call, "low", timeStep);
    Double high = fraction(call, "high", timeStep);
    if (low != null && high != null && low >= high) {
      throw Operands.wrong(
          call,
          "`low` is "
              + call.number("low")
              + " Hz and `high` is "
              + call.number("high")
              + " Hz; the lower cut-off must be below the upper one. Exchange them.");
    }
    List<Section> sections = ButterworthDesign.design(order(call), low, high);
    boolean zeroPhase = call.has("zeroPhase") && call.value("zeroPhase", Boolean.class);
    return zeroPhase ? new Unshifted(recursions, sections) : new Filtered(recursions, sections);
  }

  private static int order(OperatorCall call) {
    int order = call.integer("order", DEFAULT_ORDER);
    if (order < 1 || order > MAX_ORDER) {
      throw Operands.wrong(
          call, "`order` is " + order + "; it must be from 1 to " + MAX_ORDER + ".");
    }
    return order;
  }

  private static @Nullable Double fraction(OperatorCall call, String port, double timeStep) {
    if (!call.has(port)) {
      return null;
    }
    double frequency = call.number(port);
    double nyquist = 0.5 / timeStep;
    if (!(frequency > 0) || frequency >= nyquist) {
      throw Operands.wrong(
          call,
          "`"
              + port
              + "` is "
              + frequency
              + " Hz; with a time step of "
              + timeStep
              + " s it must be above 0 and below the Nyquist frequency "
              + nyquist
              + " Hz. Choose another frequency or a shorter step, or leave this cut-off out.");
    }
    return frequency * timeStep;
  }

  private record Filtered(Recursions recursions, List<Section> sections) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      return recursions.filtered(sections, x, x.dataType(), false);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return recursions.filtered(sections, cotangent, cotangent.dataType(), true);
    }
  }

  /** A filter and its transpose, which together are their own. */
  private record Unshifted(Recursions recursions, List<Section> sections) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      try (Scratch scratch = new Scratch()) {
        Tensor between = recursions.filtered(sections, x, recursions.wide(), false);
        return recursions.filtered(sections, scratch.keep(between), x.dataType(), true);
      }
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return forward(cotangent);
    }
  }
}
