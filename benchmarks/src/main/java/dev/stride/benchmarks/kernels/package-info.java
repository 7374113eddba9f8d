/**
 * The standard operators against other people's best: plain C, OpenBLAS, FFTW.
 *
 * <p>To add cases, write a {@link dev.stride.benchmarks.kernels.CaseFamily}, which lists {@link
 * dev.stride.benchmarks.kernels.KernelCase}s, and name it in {@link
 * dev.stride.benchmarks.KernelsBenchmark}.
 */
@NullMarked
package dev.stride.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
