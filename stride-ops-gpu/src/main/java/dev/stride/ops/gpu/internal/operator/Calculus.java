package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Arguments;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.ops.gpu.internal.device.ComputeDevice;

/** The operators of a device on variables, for adjoints that are written on variables. */
final class Calculus {

  private final ComputeDevice device;

  Calculus(ComputeDevice device) {
    this.device = device;
  }

  /** An element-wise operator of one tensor. */
  Variable<Tensor> of(String name, Variable<Tensor> x) {
    return operator(name).call(x);
  }

  /** An element-wise operator of two; numbers are tensors too. */
  Variable<Tensor> of(String name, Object a, Object b) {
    return operator(name).call(a, b);
  }

  Variable<Tensor> times(Variable<Tensor> a, Variable<Tensor> b) {
    return of("multiply", a, b);
  }

  Variable<Tensor> scaled(Variable<Tensor> x, Number factor) {
    return operator("scale").call(Arguments.of(x).with("factor", factor));
  }

  /** {@code a} where a condition is not 0, and 0 elsewhere. */
  Variable<Tensor> where(Variable<Tensor> condition, Variable<Tensor> a) {
    return operator("where").call(condition.detach(), a, 0);
  }

  /** {@code a} where a condition is 0, and 0 elsewhere. */
  Variable<Tensor> whereNot(Variable<Tensor> condition, Variable<Tensor> a) {
    return operator("where").call(condition.detach(), 0, a);
  }

  /** Summed over what a tensor of the shape of {@code like} would be repeated along. */
  Variable<Tensor> sumTo(Variable<Tensor> x, Variable<Tensor> like) {
    return new SumTo(device).call(x, like);
  }

  private ElementOperator operator(String name) {
    return ElementOperator.of(Formulas.named("stride." + name), device);
  }
}
