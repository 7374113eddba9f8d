package dev.stride.ops.std.internal.signal;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import org.junit.jupiter.api.Test;

/** The transpose of the filter, which gradients of gradients are made of. */
class TransposedButterworthFilterTest {

  @Test
  void transposed_filter_keeps_the_contract() {
    Tensor field = Singles.normal(Shape.of(3, 4));
    Contracts.prove(
        new TransposedOperator(new ButterworthFilter()),
        Sample.of(field, field, 1.0).with("high", 0.2));
  }
}
