package dev.stride.ops.std.internal.operator;

import dev.stride.api.FusibleOperator;
import dev.stride.api.Tensor;

/**
 * An operator that computes a {@link Formula} of its inputs, and so can be part of a larger one.
 */
public interface FormulaOperator extends FusibleOperator<Tensor> {

  /** What it computes; its ports are those of the operator. */
  Formula formula();
}
