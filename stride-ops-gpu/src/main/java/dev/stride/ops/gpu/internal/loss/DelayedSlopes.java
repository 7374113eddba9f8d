package dev.stride.ops.gpu.internal.loss;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.fourier.Fourier;
import dev.stride.ops.gpu.internal.fourier.Pair;
import dev.stride.ops.gpu.internal.fourier.Tables;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The derivative along the delay of traces that are delayed each by its own, as Fourier series, on
 * a device and in float64: what {@code stride.time-shift} with {@code derivative} 1 computes.
 */
final class DelayedSlopes {

  /** With the angular frequency w, 0 for the sines of the last one of an even length: -i w e^. */
  private static final Code REAL =
      new Code(
          "-w * (a * sin(w * sign * delay) - b * (whole * cos(w * sign * delay)))",
          List.of("a", "b", "w", "whole", "delay"),
          List.of("sign"));

  private static final Code IMAGINARY =
      new Code(
          "-w * (a * (whole * cos(w * sign * delay)) + b * sin(w * sign * delay))",
          List.of("a", "b", "w", "whole", "delay"),
          List.of("sign"));

  private final ComputeDevice device;
  private final Fourier fourier;
  private final Elements elements;

  DelayedSlopes(ComputeDevice device, Tables tables, String operator) {
    this.device = device;
    this.fourier = new Fourier(device, tables, operator);
    this.elements = new Elements(device, operator);
  }

  /**
   * Starts to compute the slopes.
   *
   * @param x traces, [..., time], in float64
   * @param delays in s, [..., 1], in float64
   * @param sign of the delays, 1 or -1
   */
  Tensor of(Tensor x, Tensor delays, double sign, double timeStep) {
    int length = x.shape().extent(-1);
    int bins = length / 2 + 1;
    double[] frequencies = new double[bins];
    double[] wholes = new double[bins];
    for (int k = 0; k < bins; k++) {
      frequencies[k] = 2 * Math.PI * k / length / timeStep;
      wholes[k] = 2 * k == length ? 0 : 1;
    }
    try (Scratch scratch = new Scratch()) {
      Pair half = fourier.half(x, 1, 1, 1);
      List<Tensor> operands =
          List.of(
              scratch.keep(half.real()),
              scratch.keep(half.imaginary()),
              scratch.keep(uploaded(frequencies)),
              scratch.keep(uploaded(wholes)),
              delays);
      Shape shape = half.shape();
      Pair turned =
          new Pair(
              scratch.keep(elements.compute(REAL, shape, operands, sign)),
              scratch.keep(elements.compute(IMAGINARY, shape, operands, sign)));
      return fourier.whole(turned, length, 1, 1.0 / length, 1.0 / length);
    }
  }

  private Tensor uploaded(double[] numbers) {
    return device.upload(Tensor.adopt(Shape.of(numbers.length), numbers));
  }
}
