/**
 * Acoustic wave propagation on a device: kernels written for each grid, time stepping, the kept
 * wavefield, and the exact discrete adjoint.
 *
 * <p>Start with {@link dev.stride.ops.gpu.internal.wave.Propagator}. The mathematics, and what is
 * checked before, is that of the standard pack: docs/math/acoustic-wave.md.
 */
@NullMarked
package dev.stride.ops.gpu.internal.wave;

import org.jspecify.annotations.NullMarked;
