package dev.stride.ops.std.internal.reduction;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Samples of reductions: every rank, the first axes, the last ones, one between, and all. */
final class ReductionSamples {

  private ReductionSamples() {}

  /** Standard normal numbers. */
  static List<Sample> normal() {
    return of(v -> v, 1e6);
  }

  /**
   * Numbers of a domain.
   *
   * @param large factor of the last sample, which is ill-scaled
   */
  static List<Sample> of(DoubleUnaryOperator domain, double large) {
    return List.of(
        Sample.of(tensor(domain, 4, 7)).described("all axes"),
        Sample.of(tensor(domain, 4, 7), List.of(0)).described("columns"),
        Sample.of(tensor(domain, 4, 7), List.of(-1)).with("keepdims", true).described("rows"),
        Sample.of(tensor(domain, 2, 3, 5), List.of(1)).described("a middle axis"),
        Sample.of(tensor(domain, 2, 3, 1, 4), List.of(0, 2)).described("two axes"),
        Sample.of(tensor(domain, 2, 3, 2, 3), List.of(1, -1)).described("every other axis"),
        Sample.of(tensor(domain)).described("scalar"),
        Sample.of(tensor(domain, 1)).described("one element"),
        Sample.of(tensor(domain, 31)),
        Sample.of(tensor(domain, 5, 3).times(large), List.of(1)).described("large numbers"),
        Sample.of(tensor(domain, 5, 3).times(1e-6), List.of(1)).described("small numbers"),
        Sample.of(tensor(domain, 0, 3), List.of(1)).described("no slices"));
  }

  /** The same, each with a number. */
  static List<Sample> of(DoubleUnaryOperator domain, double large, String port, double number) {
    List<Sample> samples = new ArrayList<>();
    of(domain, large).forEach(sample -> samples.add(sample.with(port, number)));
    return samples;
  }

  /** Numbers that are all different, and by far more than a step of a difference quotient. */
  static List<Sample> untied() {
    return List.of(
        Sample.of(steps(4, 7)).described("all axes"),
        Sample.of(steps(4, 7), List.of(0)).described("columns"),
        Sample.of(steps(4, 7), List.of(-1)).with("keepdims", true).described("rows"),
        Sample.of(steps(2, 3, 5), List.of(1)).described("a middle axis"),
        Sample.of(steps(2, 3, 2, 3), List.of(1, -1)).described("every other axis"),
        Sample.of(steps()).described("scalar"),
        Sample.of(steps(1)).described("one element"),
        Sample.of(steps(5, 3).times(1e6), List.of(1)).described("large numbers"),
        Sample.of(steps(5, 3).times(1e-6), List.of(1)).described("small numbers"),
        Sample.of(steps(0, 3), List.of(1)).described("no slices"));
  }

  private static Tensor steps(int... extents) {
    Tensor x = Tensor.zeros(Shape.of(extents), DataType.FLOAT64);
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101 - 50) / 20.0 + 0.01;
    }
    return Tensor.adopt(x.shape(), values);
  }

  private static Tensor tensor(DoubleUnaryOperator domain, int... extents) {
    return Tensor.random(Shape.of(extents), DataType.FLOAT64, 23).map(domain);
  }
}
