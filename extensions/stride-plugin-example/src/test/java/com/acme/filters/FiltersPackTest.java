package com.acme.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.junit.Given;
import dev.stride.testkit.junit.GradientTest;
import dev.stride.testkit.junit.GradientTest.Loss;
import dev.stride.testkit.junit.StrideExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An engine finds the pack by itself, and its operators work together. */
@ExtendWith(StrideExtension.class)
class FiltersPackTest {

  @Test
  void operators_are_found_by_name(Stride stride) {
    Variable<Tensor> x = stride.parameter("x", Tensor.of(0.0));
    Variable<Tensor> bell = stride.operator("acme.bell").call(x);
    Variable<Tensor> loss = stride.operator("acme.softplus").call(x).plus(bell).sum();
    loss.adjoint().join();
    assertEquals(Tensor.of(0.5), x.grad()); // softplus has slope 1/2 at 0, the bell none
  }

  @GradientTest
  void misfit_has_the_right_gradient(
      Stride stride,
      Loss loss,
      @Given(shape = {4, 7}) Variable<Tensor> x,
      @Given Variable<Tensor> a) {
    Variable<Tensor> modelled = stride.operator("acme.softplus").call(x.times(a));
    loss.is(stride.operator("acme.bell").call(modelled.minus(1)).sum());
  }
}
