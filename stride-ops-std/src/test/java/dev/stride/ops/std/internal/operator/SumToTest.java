package dev.stride.ops.std.internal.operator;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import org.junit.jupiter.api.Test;

/** The transpose of broadcasting, which gradients of gradients are made of. */
class SumToTest {

  @Test
  void sum_keeps_the_contract() {
    Tensor field = Singles.normal(Shape.of(3, 4));
    Contracts.prove(
        new SumTo(),
        Sample.of(field, Singles.normal(Shape.of(4))),
        Sample.of(field, Singles.normal(Shape.SCALAR)),
        Sample.of(field, Singles.normal(Shape.of(3, 1))),
        Sample.of(field, field));
  }
}
