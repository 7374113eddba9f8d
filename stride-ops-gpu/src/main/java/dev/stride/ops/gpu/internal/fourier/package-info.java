/** Discrete Fourier transforms on a device: passes, their tables, and those of real numbers. */
@NullMarked
package dev.stride.ops.gpu.internal.fourier;

import org.jspecify.annotations.NullMarked;
