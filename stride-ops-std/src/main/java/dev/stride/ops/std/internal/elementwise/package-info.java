/** Functions and arithmetic of each element, broadcast as NumPy does. */
@NullMarked
package dev.stride.ops.std.internal.elementwise;

import org.jspecify.annotations.NullMarked;
