/** Optimisers: steps, momentum, bounds and line search on variables. */
@NullMarked
package dev.stride.optim;

import org.jspecify.annotations.NullMarked;
