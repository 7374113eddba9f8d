/** The OpenCL operators. */
@NullMarked
package dev.stride.ops.gpu;

import org.jspecify.annotations.NullMarked;
