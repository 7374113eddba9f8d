package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What an adjoint run yields, on the device.
 *
 * @param velocity gradient of the velocity; null if it was not asked for
 * @param energy sum over time of the square of what multiplies {@code c}, of the velocity's shape:
 *     the preconditioner; null if the gradient was not asked for
 * @param wavelets gradient of the wavelets
 */
record WaveGradients(@Nullable Tensor velocity, @Nullable Tensor energy, Tensor wavelets) {}
