/** Measurements of the engine and of kernels. */
@NullMarked
package dev.stride.benchmarks;

import org.jspecify.annotations.NullMarked;
