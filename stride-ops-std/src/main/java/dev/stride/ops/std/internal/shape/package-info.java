/** Operators that move elements about without computing. */
@NullMarked
package dev.stride.ops.std.internal.shape;

import org.jspecify.annotations.NullMarked;
