/**
 * Filters of traces and of fields: recursive ones in time, Gaussian ones in space.
 *
 * <p>All compute in float64 whatever the type of the elements.
 */
@NullMarked
package dev.stride.ops.std.internal.filter;

import org.jspecify.annotations.NullMarked;
