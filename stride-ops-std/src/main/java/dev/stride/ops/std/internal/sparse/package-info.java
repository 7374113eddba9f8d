/** Products with sparse matrices. */
@NullMarked
package dev.stride.ops.std.internal.sparse;

import org.jspecify.annotations.NullMarked;
