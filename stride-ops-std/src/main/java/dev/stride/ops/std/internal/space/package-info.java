/** Operators on fields in space. */
@NullMarked
package dev.stride.ops.std.internal.space;

import org.jspecify.annotations.NullMarked;
