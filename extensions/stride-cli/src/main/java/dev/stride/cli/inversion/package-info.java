/**
 * Full-waveform inversion: the speed of sound that explains the traces best, found by gradient
 * descent through the operators and the adjoint graph of Stride.
 *
 * <p>Start at {@link dev.stride.cli.inversion.Inversion}.
 */
@NullMarked
package dev.stride.cli.inversion;

import org.jspecify.annotations.NullMarked;
