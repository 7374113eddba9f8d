package dev.stride.ops.std.internal.linalg;

import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.operator.BilinearAdjoint;
import org.junit.jupiter.api.Test;

/** The transposes of the product, which gradients of gradients are made of. */
class MatMulAdjointsTest {

  @Test
  void transpose_towards_a_keeps_the_contract() {
    Contracts.prove(
        BilinearAdjoint.towardsA(new MatMul()),
        Sample.of(Tensor.random(2, 5), Tensor.random(3, 5), Tensor.random(2, 3)));
  }

  @Test
  void transpose_towards_b_keeps_the_contract() {
    Contracts.prove(
        BilinearAdjoint.towardsB(new MatMul()),
        Sample.of(Tensor.random(2, 5), Tensor.random(2, 3), Tensor.random(3, 5)));
  }
}
