/**
 * Acoustic wave propagation: grids, kernels, time stepping, and the exact discrete adjoint.
 *
 * <p>Start with {@link dev.stride.ops.std.internal.wave.Propagator}, which marches in time over
 * arrays; the kernels under it work on rows. The mathematics is in docs/math/acoustic-wave.md.
 */
@NullMarked
package dev.stride.ops.std.internal.wave;

import org.jspecify.annotations.NullMarked;
