/** Operators of a device on fields on grids, between their nodes. */
@NullMarked
package dev.stride.ops.gpu.internal.space;

import org.jspecify.annotations.NullMarked;
