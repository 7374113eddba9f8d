/** Measurements of the engine, of kernels and of the testkit. */
@NullMarked
package dev.stride.benchmarks;

import org.jspecify.annotations.NullMarked;
