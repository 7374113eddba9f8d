/**
 * Loops over arrays: element-wise arithmetic with broadcasting, reductions, matrix products.
 *
 * <p>Plain loops whose arrays share one index, which the compiler turns into vector code. Start at
 * {@link dev.stride.ops.std.internal.kernel.Elementwise}.
 */
@NullMarked
package dev.stride.ops.std.internal.kernel;

import org.jspecify.annotations.NullMarked;
