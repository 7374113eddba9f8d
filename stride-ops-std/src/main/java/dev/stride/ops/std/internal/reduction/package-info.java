/** Operators that reduce tensors along axes. */
@NullMarked
package dev.stride.ops.std.internal.reduction;

import org.jspecify.annotations.NullMarked;
