/** What the OpenCL pack is measured by: a plain host program in C, the CPU pack, and the device. */
@NullMarked
package dev.stride.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
