package dev.stride.ops.std.internal.space;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transpose of the smoothing, which gradients of gradients are made of. */
class TransposedGaussianSmoothTest {

  @Test
  void transposed_smoothing_keeps_the_contract() {
    Tensor field = Singles.normal(Shape.of(3, 4));
    Contracts.prove(
        new TransposedOperator(new GaussianSmooth()),
        Sample.of(field, field).with("sigma", List.of(1.0, 0.5)));
  }
}
