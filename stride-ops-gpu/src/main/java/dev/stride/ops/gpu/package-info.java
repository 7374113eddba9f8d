/** The OpenCL pack: {@link dev.stride.ops.gpu.GpuOperators}. */
@NullMarked
package dev.stride.ops.gpu;

import org.jspecify.annotations.NullMarked;
