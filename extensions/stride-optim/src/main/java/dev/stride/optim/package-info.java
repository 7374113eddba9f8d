/**
 * Optimisers on variables: steps, momentum, bounds, one trial for the step length, and gradient
 * processors.
 *
 * <p>Start at {@link dev.stride.optim.MomentumDescent}.
 */
@NullMarked
package dev.stride.optim;

import org.jspecify.annotations.NullMarked;
