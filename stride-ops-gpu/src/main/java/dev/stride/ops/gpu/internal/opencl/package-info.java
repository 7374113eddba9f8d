/** The system's OpenCL: its library, platforms, devices, and what is wrong with them. */
@NullMarked
package dev.stride.ops.gpu.internal.opencl;

import org.jspecify.annotations.NullMarked;
