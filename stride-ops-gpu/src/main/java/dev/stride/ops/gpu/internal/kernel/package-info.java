/** Templates of kernels: one expression at every position, and sums of one over axes. */
@NullMarked
package dev.stride.ops.gpu.internal.kernel;

import org.jspecify.annotations.NullMarked;
