/** Sparse matrices on a device. */
@NullMarked
package dev.stride.ops.gpu.internal.sparse;

import org.jspecify.annotations.NullMarked;
