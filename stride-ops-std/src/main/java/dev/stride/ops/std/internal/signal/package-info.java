/** Operators on signals, of which the last axis is time. */
@NullMarked
package dev.stride.ops.std.internal.signal;

import org.jspecify.annotations.NullMarked;
