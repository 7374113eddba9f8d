/** Operators on signals of a device: filters, transforms, windows. */
@NullMarked
package dev.stride.ops.gpu.internal.signal;

import org.jspecify.annotations.NullMarked;
