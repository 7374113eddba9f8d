/** Linear algebra. */
@NullMarked
package dev.stride.ops.std.internal.linalg;

import org.jspecify.annotations.NullMarked;
