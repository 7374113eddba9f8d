package com.acme.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.Test;

/** An engine finds the pack by itself. */
class FiltersPackTest {

  @Test
  void operators_are_found_by_name() {
    try (Stride stride = Stride.create()) {
      Variable<Tensor> x = stride.parameter("x", Tensor.of(0.0));
      Variable<Tensor> bell = stride.operator("acme.bell").call(x);
      Variable<Tensor> loss = stride.operator("acme.softplus").call(x).plus(bell).sum();
      loss.adjoint().join();
      assertEquals(Tensor.of(0.5), x.grad()); // softplus has slope 1/2 at 0, the bell none
    }
  }
}
