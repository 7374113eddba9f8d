package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.List;

/** Samples of reductions, of all axes and of some: the sum is checked at more. */
final class ReductionSamples {

  private ReductionSamples() {}

  /** Numbers of a domain. */
  static List<Sample> of(Domain domain) {
    return List.of(
        Sample.of(domain.of(Shape.of(4, 7), 23)),
        Sample.of(domain.of(Shape.of(4, 7), 23), List.of(0), true).described("columns, kept"));
  }

  /** Numbers that are all different, and by far more than a step of a difference quotient. */
  static List<Sample> untied() {
    return List.of(
        Sample.of(steps(4, 7)),
        Sample.of(steps(4, 7), List.of(0), true).described("columns, kept"),
        Sample.of(steps(300)).described("in parts"));
  }

  private static Tensor steps(int... extents) {
    Tensor x = Tensor.zeros(Shape.of(extents), DataType.FLOAT64);
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 401 - 200) / 80.0 + 0.01;
    }
    return Tensor.adopt(x.shape(), values);
  }
}
