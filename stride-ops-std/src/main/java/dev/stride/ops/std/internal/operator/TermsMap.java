package dev.stride.ops.std.internal.operator;

import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Terms;

/** A linear map that can take what it maps as terms, so that they need not be stored. */
public interface TermsMap extends LinearMap {

  /** The map of terms of shape {@link #from}. */
  Tensor forward(Terms terms, Parallel parallel);

  @Override
  default Tensor forward(Tensor x, Parallel parallel) {
    return forward(Terms.of(x), parallel);
  }
}
