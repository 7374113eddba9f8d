/**
 * Fast Fourier transforms: start at {@link dev.stride.ops.std.internal.fft.Fourier}.
 *
 * <p>A transform is a series of passes over rows that stand side by side (Stockham's algorithm), so
 * that every pass is vector code whatever the length; {@link
 * dev.stride.ops.std.internal.fft.PassCompiler} writes the passes. Complex numbers are split: real
 * parts in one array, imaginary parts in another. An inverse transform is a forward one with the
 * two arrays exchanged.
 */
@NullMarked
package dev.stride.ops.std.internal.fft;

import org.jspecify.annotations.NullMarked;
