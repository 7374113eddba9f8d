package dev.stride.ops.std.internal.shape;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transposes of moving elements, which gradients of gradients are made of. */
class ShapeTransposesTest {

  @Test
  void part_of_a_joint_tensor_keeps_the_contract() {
    Contracts.prove(
        new PartOf(),
        Sample.of(Singles.normal(Shape.of(3, 4)), 1, 0)
            .with("inputs", List.of(Tensor.random(2, 4), Tensor.random(1, 4))));
  }

  @Test
  void transposed_slice_keeps_the_contract() {
    Contracts.prove(
        new TransposedOperator(new Slice()),
        Sample.of(Singles.normal(Shape.of(2)), Tensor.random(5), List.of(1), List.of(3)));
  }
}
