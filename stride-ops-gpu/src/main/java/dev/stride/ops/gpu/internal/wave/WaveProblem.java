package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.Tensor;

/**
 * One shot: a model, where sources and receivers are, and how it is discretised.
 *
 * @param velocity {@code [y, x]} or {@code [z, y, x]}, layers included, metres a second
 * @param sources {@code [source, dimension]}, metres
 * @param receivers {@code [receiver, dimension]}, metres
 * @param timeStep seconds
 * @param layer the absorbing layer
 */
public record WaveProblem(
    WaveGrid grid,
    Stencil stencil,
    Tensor velocity,
    Tensor sources,
    Tensor receivers,
    double timeStep,
    AbsorbingLayer layer) {}
